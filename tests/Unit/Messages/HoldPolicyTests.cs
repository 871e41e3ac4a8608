using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class HoldPolicyTests
{
    private static readonly HoldOrder TenMinutes = HoldOrder.For(TimeSpan.FromMinutes(10));

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { """ "hold": -1 """, "options.hold" },
            { """ "hold": 129601 """, "options.hold" },
            { """ "hold": "later" """, "options.hold" },
            { """ "hold": true """, "options.hold" },
            { """ "holdUntil": "tomorrow" """, "options.holdUntil" },
            { """ "holdUntil": "2026-01-10T09:00:00" """, "options.holdUntil" },
            { """ "holdUntil": "2026-01-09T09:00:00Z" """, "options.holdUntil" },
            { """ "holdUntil": 5 """, "options.holdUntil" },
            { """ "hold": 5, "holdUntil": "2026-01-10T09:00:00Z" """, "options.holdUntil" },
            { """ "holdUntil": "2026-01-10T09:00:00Z", "hold": "manual" """, "options.hold" },
            { """ "approvers": "boss" """, "options.approvers" },
            { """ "approvers": ["stranger"] """, "options.approvers" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Refuses_what_cannot_be_meant_and_names_the_field(string options, string path)
    {
        var problem = await new Reading().Refused(Request(options));

        problem.Status.ShouldBe(400);
        problem.Type.ShouldBe("invalid-message");
        problem.Errors.Keys.ShouldHaveSingleItem().ShouldBe(path);
    }

    public static TheoryData<string, string?, string> Taken =>
        new()
        {
            { """ "route": "auto" """, null, "none" },
            { """ "hold": 0 """, null, "none" },
            { """ "hold": 30 """, null, "Time 30 -" },
            { """ "hold": "Manual" """, null, "Manual 0 -" },
            { """ "holdUntil": "2026-01-09T19:30:00.5+09:00" """, null, "Until 0 10:30" },
            { """ "approvers": ["boss@sender.example", "boss"] """, null, "Approval 0 - boss" },
            { """ "approvers": ["boss"], "hold": 20 """, null, "Approval 20 - boss" },
            { """ "route": "auto" """, "time", "Time 10 -" },
            { """ "hold": 10 """, "time", "Time 10 -" },
            { """ "hold": "manual" """, "time", "Manual 10 -" },
            { """ "holdUntil": "2026-01-09T09:10:00Z" """, "time", "Until 10 09:10" },
            { """ "approvers": [] """, "time", "Time 10 -" },
            { """ "approvers": ["chief"] """, "manual", "Approval 0 - chief" },
            { """ "hold": "manual" """, "approval", "Approval 0 - boss,chief" },
            { """ "approvers": ["chief"] """, "approval", "Approval 0 - chief" },
            { """ "holdUntil": "2026-01-09T11:00:00Z" """, "approval", "Approval 0 11:00 boss,chief" },
        };

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task Holds_by_the_stricter_of_policy_and_options(string options, string? floor, string order)
    {
        var intake = await new Reading().Accepted(Request(options, FloorOf(floor)));

        Show(intake.Hold).ShouldBe(order);
    }

    public static TheoryData<string, string, string, string> Looser =>
        new()
        {
            { """ "hold": 0 """, "time", "options.hold", "10 minutes" },
            { """ "hold": 9 """, "time", "options.hold", "10 minutes" },
            { """ "holdUntil": "2026-01-09T09:09:59Z" """, "time", "options.holdUntil", "10 minutes" },
            { """ "hold": 600 """, "manual", "options.hold", "manual" },
            { """ "holdUntil": "2026-01-12T09:00:00Z" """, "manual", "options.holdUntil", "manual" },
            { """ "approvers": [] """, "approval", "options.approvers", "an approval" },
            { """ "approvers": ["deputy"] """, "approval", "options.approvers", "boss, chief" },
        };

    [Theory]
    [MemberData(nameof(Looser))]
    public async Task Refuses_what_is_looser_than_the_policy_and_names_the_floor(
        string options,
        string floor,
        string path,
        string named
    )
    {
        var problem = await new Reading().Refused(Request(options, FloorOf(floor)));

        problem.Type.ShouldBe("policy-floor");
        problem.Errors[path].ShouldHaveSingleItem().ShouldContain(named);
    }

    [Fact]
    public async Task A_raw_message_is_held_by_the_policy_alone()
    {
        var request = Reading.Raw("From: a@sender.example\r\nTo: b@x.example\r\n\r\nhello");

        var intake = await new Reading().Accepted(request with { Hold = new HoldPolicy(TenMinutes, _ => null) });

        Show(intake.Hold).ShouldBe("Time 10 -");
        var (message, recipients) = IntakeRows.Of(intake);
        message.State.ShouldBe(MessageState.Held);
        message.HoldUntil.ShouldBe(Reading.Now.AddMinutes(10));
        recipients.ShouldAllBe(row => row.State == RecipientState.Held);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("2126-01-09T09:00:00Z")]
    public async Task No_hold_lasts_longer_than_ninety_days(string until)
    {
        var problem = await new Reading().Refused(Request($$""" "holdUntil": "{{until}}", "approvers": ["boss"] """));

        (problem.Status, problem.Errors.Keys.Single()).ShouldBe((400, "options.holdUntil"));
    }

    [Fact]
    public async Task Another_hold_is_another_request()
    {
        async Task<string> Hash(string options) => (await new Reading().Accepted(Request(options))).BodyHash;

        (await Hash(""" "hold": 5 """)).ShouldNotBe(await Hash(""" "hold": 6 """));
        (await Hash(""" "hold": "manual" """)).ShouldBe(await Hash(""" "hold": "MANUAL" """));
        (await Hash(""" "hold": null """)).ShouldBe(await Hash(""" "route": "auto" """), "as release 1.0 hashed it");
    }

    [Fact]
    public void A_rule_can_add_a_hold_and_an_approval()
    {
        var order = HoldOrder.Combine(TenMinutes, HoldOrder.Approval());

        Show(order).ShouldBe("Approval 10 -");
        Show(HoldOrder.Combine(HoldOrder.Approval(["boss"]), HoldOrder.Approval(["chief"])))
            .ShouldBe("Approval 0 - boss", "nobody is named by both");
        HoldOrder.Combine(null, null).ShouldBeNull();
    }

    private static HoldOrder? FloorOf(string? floor) =>
        floor switch
        {
            "time" => TenMinutes,
            "manual" => HoldOrder.Manual,
            "approval" => HoldOrder.Approval(["boss", "chief"]),
            _ => null,
        };

    private static IntakeRequest Request(string options, HoldOrder? floor = null)
    {
        string[] known = ["boss", "chief", "deputy"];
        var body =
            $$"""{ "sender": "a@sender.example", "recipients": ["b@x.example"], "subject": "s", "options": { {{options}} } }""";
        return Reading.Json(body) with
        {
            Hold = new HoldPolicy(floor, given => known.FirstOrDefault(name => name == given.Split('@')[0])),
        };
    }

    private static string Show(HoldOrder? order) =>
        order is null
            ? "none"
            : $"{order.Kind} {order.Wait.TotalMinutes} {order.Until?.UtcDateTime.ToString("HH:mm", null) ?? "-"} {string.Join(',', order.Approvers)}".TrimEnd();
}
