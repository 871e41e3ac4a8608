using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions;
using TlsOrLink.Tests.Unit.Documentation;

namespace TlsOrLink.Tests.Unit.Infra;

public sealed partial class TemplateTests
{
    /// <summary>What the platform reads itself.</summary>
    private static readonly string[] OfPlatform =
    [
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__clientId",
    ];

    [Fact]
    public async Task Bicep_finds_nothing_to_say()
    {
        foreach (
            var command in (string[][])
                [
                    ["lint", "main.bicep"],
                    ["lint", "main.bicepparam"],
                ]
        )
        {
            var (output, complaints, code) = await Bicep.RunAsync(command);

            $"{output}{complaints}".Trim().ShouldBeEmpty(string.Join(' ', command));
            code.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Every_module_is_part_of_the_template()
    {
        var main = await File.ReadAllTextAsync(
            Path.Combine(Bicep.Folder, "main.bicep"),
            TestContext.Current.CancellationToken
        );

        foreach (var module in Directory.EnumerateFiles(Path.Combine(Bicep.Folder, "modules")))
        {
            main.ShouldContain($"'modules/{Path.GetFileName(module)}'");
        }
    }

    [Fact]
    public async Task The_parameter_file_names_parameters_that_exist()
    {
        var known = (await Bicep.TemplateAsync())["parameters"]!.AsObject();

        var given = (await Bicep.ParametersAsync())["parameters"]!.AsObject();

        given.Select(parameter => parameter.Key).Except(known.Select(parameter => parameter.Key)).ShouldBeEmpty();
        known
            .Where(parameter => parameter.Value!["defaultValue"] is null && !given.ContainsKey(parameter.Key))
            .Select(parameter => parameter.Key)
            .ShouldBeEmpty("a parameter without default must be in main.bicepparam");
    }

    [Fact]
    public async Task The_app_s_settings_are_those_of_the_code()
    {
        var text = (await Bicep.TemplateAsync()).ToJsonString();
        var set = Settings()
            .Matches(text)
            .Select(match => match.Value)
            .Where(name => !name.StartsWith("Callers__0__", StringComparison.Ordinal)) // an example in a description
            .Distinct(StringComparer.Ordinal)
            .Except(OfPlatform, StringComparer.Ordinal)
            .ToList();

        var page = SettingsPage.Write(typeof(TlsOrLink.Domains.MailDomain).Assembly);
        set.Where(name =>
                !page.Contains($"`{name.Replace("__", ":", StringComparison.Ordinal)}`", StringComparison.Ordinal)
            )
            .ShouldBeEmpty("no such setting");
        Should.NotThrow(() => Start(set), "the app starts with these settings: add what it asks for to main.bicep");
    }

    /// <summary>Checks all options as the start does, outside Development, with values as the template gives them.</summary>
    private static void Start(IEnumerable<string> settings)
    {
        var builder = FunctionsApplication.CreateBuilder(["--environment", "Production"]);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            settings.Select(name =>
                KeyValuePair.Create(name.Replace("__", ":", StringComparison.Ordinal), (string?)Value(name))
            )
        );
        builder.AddTlsOrLink();
        using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static string Value(string setting) =>
        setting switch
        {
            _ when setting.EndsWith("Uri", StringComparison.Ordinal) => "https://account.example/",
            _ when setting.EndsWith("Key", StringComparison.Ordinal) => Convert.ToBase64String(new byte[32]),
            _ when setting.EndsWith("Schedule", StringComparison.Ordinal) => "0 * * * * *",
            "Links__Host" => "https://files.sender.example",
            "Smtp__EhloName" => "mx.sender.example",
            _ => "Sender",
        };

    [Theory]
    [InlineData("queueAgeMinutes")]
    [InlineData("purgeLagMinutes")]
    [InlineData("tags")]
    [InlineData("location")]
    [InlineData("zoneRedundant")]
    [InlineData("customerManagedKey")]
    [InlineData("malwareScanning")]
    [InlineData("entraClientId")]
    [InlineData("linkHost")]
    public async Task An_operator_can_choose(string parameter) =>
        (await Bicep.TemplateAsync())["parameters"]!.AsObject().ContainsKey(parameter).ShouldBeTrue();

    [Fact]
    public async Task Mail_and_telemetry_stay_in_Japan_unless_told_otherwise()
    {
        var template = await Bicep.TemplateAsync();

        template["parameters"]!["location"]!["defaultValue"]!.GetValue<string>().ShouldBe("japaneast");
        Arm.All(template)
            .Select(resource => resource["location"]?.ToString())
            .Where(location => location is not (null or "global" or "[parameters('location')]"))
            .ShouldBeEmpty();
    }

    [GeneratedRegex("[A-Z][A-Za-z]+__[A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Settings();
}
