using TlsOrLink.Holding;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Holding;

public sealed class HoldJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    [Theory]
    [InlineData("Time", "Release", "Done", "Stored")]
    [InlineData("Until", "Release", "Done", "Stored")]
    [InlineData("Manual", "Release", "Done", "Stored")]
    [InlineData("Approval", "Release", "NeedsApproval", "Held")]
    [InlineData("Time", "Cancel", "Done", "Cancelled")]
    [InlineData("Until", "Cancel", "Done", "Cancelled")]
    [InlineData("Manual", "Cancel", "Done", "Cancelled")]
    [InlineData("Approval", "Cancel", "Done", "Cancelled")]
    [InlineData("Time", "Approve", "NeedsRelease", "Held")]
    [InlineData("Manual", "Approve", "NeedsRelease", "Held")]
    [InlineData("Approval", "Approve", "Done", "Stored")]
    [InlineData("Manual", "Reject", "NeedsRelease", "Held")]
    [InlineData("Approval", "Reject", "Done", "Rejected")]
    public void A_decision_does_what_it_may(string kind, string decision, string ruling, string state)
    {
        var message = Held(kind);

        Decide(message, decision).ToString().ShouldBe(ruling);

        message.State.ToString().ShouldBe(state);
        message.DecidedBy.ShouldBe(ruling == "Done" ? "caller:a" : null);
    }

    [Theory]
    [InlineData("Stored", "Release", "caller:a", "Repeated")]
    [InlineData("Delivering", "Release", "caller:a", "Repeated")]
    [InlineData("Completed", "Approve", "caller:a", "Repeated")]
    [InlineData("Cancelled", "Cancel", "caller:a", "Repeated")]
    [InlineData("Cancelled", "Cancel", "caller:b", "NotHeld")]
    [InlineData("Cancelled", "Release", "caller:a", "NotHeld")]
    [InlineData("Delivering", "Cancel", "caller:a", "NotHeld")]
    [InlineData("Rejected", "Approve", "caller:a", "NotHeld")]
    [InlineData("Expired", "Approve", "caller:a", "NotHeld")]
    public void What_was_decided_is_not_decided_again(string state, string decision, string actor, string ruling)
    {
        var message = Held("Manual");
        message.State = Enum.Parse<MessageState>(state);
        message.DecidedBy = "caller:a";

        Decide(message, decision, actor).ToString().ShouldBe(ruling);

        message.State.ToString().ShouldBe(state);
    }

    [Fact]
    public void An_approval_before_its_moment_leaves_the_moment()
    {
        var message = Held("Approval");
        message.HoldUntil = Now.AddHours(1);

        Decide(message, "Approve").ShouldBe(Ruling.Done);

        (message.State, message.HoldKind, message.HasNews).ShouldBe((MessageState.Held, HoldKind.Until, true));
        Decide(message, "Approve").ShouldBe(Ruling.Repeated);
        HoldJudge.EndByTime(message, Now.AddHours(1).AddTicks(-1), Life).ShouldBeFalse();
        HoldJudge.EndByTime(message, Now.AddHours(1), Life).ShouldBeTrue();
        message.State.ShouldBe(MessageState.Stored);
    }

    [Theory]
    [InlineData("Time", 60, 60, "Stored")]
    [InlineData("Until", 60, 60, "Stored")]
    [InlineData("Manual", 0, 7 * 24 * 60, "Expired")]
    [InlineData("Approval", 0, 7 * 24 * 60, "Expired")]
    [InlineData("Approval", 60, (7 * 24 * 60) + 60, "Expired")]
    public void Time_ends_a_hold_at_its_moment_and_not_before(string kind, int until, int minutes, string state)
    {
        var message = Held(kind);
        message.HoldUntil = until > 0 ? Now.AddMinutes(until) : null;

        HoldJudge.EndByTime(message, Now.AddMinutes(minutes).AddTicks(-1), Life).ShouldBeFalse();
        message.State.ShouldBe(MessageState.Held);
        HoldJudge.EndByTime(message, Now.AddMinutes(minutes), Life).ShouldBeTrue();

        message.State.ToString().ShouldBe(state);
        message.DecidedBy.ShouldBe("service");
        HoldJudge.EndByTime(message, Now.AddYears(1), Life).ShouldBeFalse("it has ended");
    }

    private static Ruling Decide(MessageRow message, string decision, string actor = "caller:a") =>
        HoldJudge.Decide(message, Enum.Parse<Decision>(decision), actor, Now);

    private static MessageRow Held(string kind) =>
        new("0123")
        {
            State = MessageState.Held,
            CreatedAt = Now,
            HoldKind = Enum.Parse<HoldKind>(kind),
        };
}
