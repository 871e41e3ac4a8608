using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Domains;

namespace TlsOrLink.Tests.Unit.Callers;

public sealed class CallersTests
{
    [Fact]
    public void Finds_a_caller_by_its_key_and_by_nothing_else()
    {
        var directory = Directory(Settings("flow", "key-1"), Settings("script", "key-2"));

        directory.Find("key-1")!.Name.ShouldBe("flow");
        directory.Find("key-2")!.Name.ShouldBe("script");
        directory.Find("key-3").ShouldBeNull();
        directory.Find("").ShouldBeNull();
        directory.Find(Hash("key-1")).ShouldBeNull("the hash is no key");
        directory.Named("flow")!.Name.ShouldBe("flow");
        directory.Named("nobody").ShouldBeNull();
    }

    [Theory]
    [InlineData("a@x.example", true)]
    [InlineData("A@X.example", true)]
    [InlineData("b@x.example", false)]
    [InlineData("anyone@y.example", true)]
    [InlineData("anyone@sub.y.example", false)]
    [InlineData("anyone@notany.example", false)]
    public void Lets_a_caller_send_as_its_own_addresses_only(string sender, bool allowed)
    {
        var settings = Settings("flow", "k");
        settings.Senders = ["a@x.example", "*@Y.example"];

        Directory(settings).Find("k")!.MaySend(Address(sender)).ShouldBe(allowed);
    }

    [Fact]
    public void Lets_nobody_send_without_the_role_or_without_a_sender()
    {
        var without = Settings("auditor", "a");
        without.Roles = ["auditor"];
        without.Senders = ["*@x.example"];
        var directory = Directory(without, Settings("script", "s"));

        directory.Find("a")!.MaySend(Address("a@x.example")).ShouldBeFalse();
        directory.Find("s")!.MaySend(Address("a@x.example")).ShouldBeFalse();
    }

    [Fact]
    public void Reads_the_list_from_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Callers:0:Name"] = "flow",
                    ["Callers:0:KeyHash"] = Hash("k"),
                    ["Callers:0:Roles:0"] = "sender",
                    ["Callers:0:Roles:1"] = "Operator",
                    ["Callers:0:Senders:0"] = "*@x.example",
                }
            )
            .Build();
        using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddCallers()
            .BuildServiceProvider();

        var caller = provider.GetRequiredService<CallerDirectory>().Find("k")!;

        caller.Roles.ShouldBe(CallerRoles.Sender | CallerRoles.Operator);
        caller.Is(CallerRoles.Approver).ShouldBeFalse();
        caller.MaySend(Address("a@x.example")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Name", "Big Name", "Callers:0:Name ")]
    [InlineData("Name", "", "Callers:0:Name ")]
    [InlineData("KeyHash", "abc", "Callers:0:KeyHash ")]
    [InlineData("Roles", "root", "Callers:0:Roles:0 ")]
    [InlineData("Roles", "none", "Callers:0:Roles:0 ")]
    [InlineData("Roles", "3", "Callers:0:Roles:0 ")]
    [InlineData("Senders", "*@*", "Callers:0:Senders:0 ")]
    [InlineData("Senders", "*", "Callers:0:Senders:0 ")]
    public void Names_the_setting_that_is_wrong(string property, string value, string start)
    {
        var settings = Settings("flow", "k");
        switch (property)
        {
            case "Name":
                settings.Name = value;
                break;
            case "KeyHash":
                settings.KeyHash = value;
                break;
            case "Roles":
                settings.Roles = [value];
                break;
            default:
                settings.Senders = [value];
                break;
        }

        Check(settings).Single().ShouldStartWith(start);
    }

    [Fact]
    public void Refuses_a_name_or_a_key_that_two_callers_share()
    {
        Check(Settings("flow", "k"), Settings("flow", "l")).Single().ShouldStartWith("Callers:1:Name ");
        var wrong = Check(Settings("flow", "k"), Settings("script", "k")).Single();
        wrong.ShouldStartWith("Callers:1:KeyHash ");
        wrong.ShouldNotContain(Hash("k"));
        Check(Settings("flow", "k"), Settings("script", "l")).ShouldBeEmpty();
    }

    private static CallerDirectory Directory(params CallerSettings[] callers) =>
        new(Options.Create(new CallersOptions { Callers = [.. callers] }));

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("page", "same-host", "")]
    [InlineData("Page", "", "")]
    [InlineData(
        "sas",
        null,
        "Callers:0:LinkMode must be page, or not be set: what is looser is set for all callers, by Links:Mode."
    )]
    [InlineData(null, "sas", "Callers:0:LinkBytes must be same-host, or not be set: Links:Bytes is for all callers.")]
    public void Links_of_a_caller_can_only_be_stricter(string? mode, string? bytes, string failure)
    {
        var settings = Settings("flow", "k");
        (settings.LinkMode, settings.LinkBytes) = (mode, bytes);

        string.Join('\n', Check(settings)).ShouldBe(failure);
        Directory(settings)
            .Named("flow")!
            .Links.ShouldBe(new CallerLinks(mode is "page" or "Page", bytes is "same-host"));
    }

    private static List<string> Check(params CallerSettings[] callers) =>
        [.. new CallersOptionsCheck().Validate(null, new CallersOptions { Callers = [.. callers] }).Failures ?? []];

    private static CallerSettings Settings(string name, string key) =>
        new()
        {
            Name = name,
            KeyHash = Hash(key),
            Roles = ["sender"],
        };

    private static MailAddress Address(string text) =>
        MailAddress.TryParse(text, out var address)
            ? address
            : throw new ArgumentException("Not an address.", nameof(text));

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
