using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Screening;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class ScreenedEventTests
{
    [Fact]
    public async Task The_trail_tells_which_rules_were_met_and_nothing_of_what_was_found()
    {
        var message = await StoreAsync([
            new RuleHit("my-numbers", RuleAction.Approve, HitCodes.MyNumber, "file:2", 3),
            new RuleHit("new-domains", RuleAction.Hold, HitCodes.LookAlike, Domain: "exarnple.jp", Like: "example.jp"),
            new RuleHit("new-domains", RuleAction.Hold, HitCodes.ManyVisible, Count: 12),
        ]);

        message.Recorded.Select(draft => draft.Kind).ShouldBe([EventKinds.MessageStored, EventKinds.MessageScreened]);
        message
            .Recorded[1]
            .Data.ShouldBe(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["actions"] = "approve,hold",
                    ["found"] = "my-number,look-alike,many-visible",
                    ["rules"] = "my-numbers,new-domains",
                },
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task A_message_that_meets_no_rule_has_no_such_event() =>
        (await StoreAsync([])).Recorded.ShouldHaveSingleItem().Kind.ShouldBe(EventKinds.MessageStored);

    private static async Task<MessageRow> StoreAsync(IReadOnlyList<RuleHit> hits)
    {
        var intake = await new Reading().Accepted(
            Reading.Raw("From: a@sender.example\r\nTo: b@x.example\r\n\r\nhello")
        );
        return IntakeRows.Of(intake with { RuleHits = RuleHit.Write(hits) }).Message;
    }
}
