using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Holding;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Holding;

public sealed class ApproverTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 10, 0, 0, 0, TimeSpan.Zero);
    private static readonly string Pin = PinHash.Make("260109", PinHash.MinIterations);

    [Theory]
    [InlineData("hanako@sender.example", "", "boss, chief, deputy")]
    [InlineData("hanako@sender.example", "boss", "boss, deputy")]
    [InlineData("BOSS@sender.example", "", "deputy, chief")]
    [InlineData("boss@sender.example", "boss", "")]
    [InlineData("deputy@sender.example", "boss", "boss")]
    [InlineData("someone@other.example", "", "boss, deputy")]
    public void The_sender_is_never_among_the_approvers(string sender, string named, string expected)
    {
        var names = named.Split(',', StringSplitOptions.RemoveEmptyEntries);

        var found = Directory().For(names, MailAddress.Parse(sender), Now);

        found
            .Select(approver => approver.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(expected.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-08-09T23:59:59Z", false)]
    [InlineData("2026-08-10T00:00:00Z", true)]
    [InlineData("2026-08-21T23:59:59Z", true)]
    [InlineData("2026-08-22T00:00:00Z", false)]
    public void A_delegate_decides_on_the_days_of_the_delegation(string at, bool decides)
    {
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        var found = Directory().For(["boss"], MailAddress.Parse("hanako@sender.example"), now);

        found.Any(approver => approver.Name == "deputy").ShouldBe(decides);
    }

    [Fact]
    public void A_caller_that_is_an_approver_too_does_not_decide_on_what_it_sent()
    {
        var message = new MessageRow("0123") { Sender = "info@sender.example", Caller = "chief" };

        Directory().For(message, Now).Select(approver => approver.Name).ShouldBe(["boss", "deputy"]);
    }

    [Fact]
    public void An_approver_does_not_decide_on_what_the_same_principal_sent_under_another_name()
    {
        var message = new MessageRow("0123") { Sender = "info@sender.example", Caller = "front-desk" };

        Directory().For(message, Now).Select(approver => approver.Name).ShouldBe(["boss", "deputy"]);
    }

    [Fact]
    public void A_pin_is_known_by_its_hash_alone()
    {
        var hash = PinHash.Parse(Pin).ShouldNotBeNull();

        hash.Matches("260109").ShouldBeTrue();
        hash.Matches("260108").ShouldBeFalse();
        hash.Matches("").ShouldBeFalse();
        $"{hash}".ShouldNotContain(Pin.Split('$')[3]);
        PinHash.Make("260109", PinHash.MinIterations).ShouldNotBe(Pin, "the salt differs");
    }

    [Theory]
    [InlineData("")]
    [InlineData("260109")]
    [InlineData("pbkdf2-sha256$1000$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$100000$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_hash_that_is_too_weak_is_none(string text) => PinHash.Parse(text).ShouldBeNull();

    [Fact]
    public void Faulty_settings_stop_the_start_and_are_named()
    {
        var options = new ApproversOptions
        {
            Approvers =
            [
                new() { Name = "Boss", Address = "nobody" },
                new()
                {
                    Name = "chief",
                    Address = "chief@sender.example",
                    Principal = "chief@tenant.example",
                },
                new()
                {
                    Name = "chief",
                    Address = "CHIEF@sender.example",
                    PinHash = Pin,
                    Senders = ["*"],
                    Delegates = ["nobody 2026-08-10 2026-08-21", "chief 2026-08-21 2026-08-10"],
                },
            ],
        };
        var callers = new CallersOptions { Callers = [new() { Approvers = ["*", "stranger"] }] };

        var failures = new ApproversOptionsCheck(Options.Create(callers)).Validate(null, options).Failures!.ToList();

        string[] named =
        [
            "Approvers:0:Name",
            "Approvers:0:Address",
            "Approvers:0:PinHash",
            "Approvers:2:Senders:0",
            "Approvers:2:Delegates:0",
            "Approvers:2:Delegates:1",
            "Approvers:2:Name",
            "Approvers:2:Address",
            "Callers:0:Approvers:1",
        ];
        failures.Select(failure => failure.Split(' ')[0]).ShouldBe(named, ignoreOrder: true);
    }

    private static ApproverDirectory Directory() =>
        new(
            Options.Create(
                new ApproversOptions
                {
                    Approvers =
                    [
                        Settings("boss", "deputy 2026-08-10 2026-08-21"),
                        Settings("chief") with
                        {
                            Senders = ["*@sender.example"],
                            Principal = "chief@tenant.example",
                        },
                        Settings("deputy") with
                        {
                            Senders = ["*@sender.example"],
                        },
                    ],
                }
            ),
            Options.Create(
                new CallersOptions { Callers = [new() { Name = "front-desk", Principal = "Chief@tenant.example" }] }
            )
        );

    private static ApproverSettings Settings(string name, params string[] delegates) =>
        new()
        {
            Name = name,
            Address = $"{name}@sender.example",
            PinHash = Pin,
            Delegates = [.. delegates],
        };
}
