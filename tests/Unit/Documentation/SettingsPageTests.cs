using System.Runtime.CompilerServices;

namespace TlsOrLink.Tests.Unit.Documentation;

public sealed class SettingsPageTests
{
    private const string Write = "TLSORLINK_WRITE_DOCS";

    [Fact]
    public async Task Docs_configuration_md_says_what_the_options_say()
    {
        var page = SettingsPage.Write(typeof(TlsOrLink.Domains.MailDomain).Assembly);
        var file = FileOf();
        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
        }

        var stored = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        stored.ShouldBe(page, $"make it anew: {Write}=1 ./test --filter Docs_configuration");
    }

    [Fact]
    public void Every_setting_is_explained() =>
        SettingsPage
            .Write(typeof(TlsOrLink.Domains.MailDomain).Assembly)
            .Split('\n')
            .Where(line => line.EndsWith("|  |", StringComparison.Ordinal))
            .ShouldBeEmpty("write a <summary> with default and range on the property");

    private static string FileOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/configuration.md"));
}
