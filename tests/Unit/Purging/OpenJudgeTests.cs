using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Purging;

public sealed class OpenJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly PurgingOptions Options = new();

    [Theory]
    [InlineData(119, "Wait")]
    [InlineData(120, "Sweep")]
    public void What_intake_left_is_swept_when_all_of_it_is_an_hour_old(int minutes, string action) =>
        ActionFor(message: null, openedMinutesAgo: minutes).ShouldBe(action);

    [Theory]
    [InlineData(1, "Wait")]
    [InlineData(2, "Start")]
    [InlineData(10_000, "Start")]
    public void A_stored_message_is_started_after_the_grace(int minutes, string action) =>
        ActionFor(Message(MessageState.Stored, createdMinutesAgo: minutes), minutes).ShouldBe(action);

    [Theory]
    [InlineData("Held")]
    [InlineData("Delivering")]
    public void A_message_under_way_is_checked(string state) =>
        ActionFor(Message(Enum.Parse<MessageState>(state), 5), 5).ShouldBe("Check");

    [Theory]
    [InlineData("Completed")]
    [InlineData("Cancelled")]
    [InlineData("Rejected")]
    [InlineData("Expired")]
    public void A_finished_message_is_closed_after_the_grace(string state)
    {
        var message = Message(Enum.Parse<MessageState>(state), 600);

        message.CompletedAt = Now.AddMinutes(-1);
        ActionFor(message, 600).ShouldBe("Wait", "its completion is going on right now");
        message.CompletedAt = Now.AddMinutes(-2);
        ActionFor(message, 600).ShouldBe("Close");
    }

    [Theory]
    [InlineData("Stored", "Start")]
    [InlineData("Held", "Check")]
    [InlineData("Cancelled", "Check")]
    public void A_decision_that_was_not_seen_wakes_and_one_that_was_is_followed(string state, string whenSeen)
    {
        var message = Message(Enum.Parse<MessageState>(state), 600);

        message.DecidedAt = Now.AddMinutes(-1);
        ActionFor(message, 600).ShouldBe("Wait", "it is told of right now");
        message.DecidedAt = Now.AddMinutes(-2);
        ActionFor(message, 600).ShouldBe("Wake");
        message.DecisionSeenAt = message.DecidedAt;
        ActionFor(message, 600).ShouldBe(whenSeen);
    }

    private static string ActionFor(MessageRow? message, int openedMinutesAgo) =>
        OpenJudge
            .ActionFor(new Due(DueKinds.Open, Now.AddMinutes(-openedMinutesAgo), "m", "m"), message, Now, Options)
            .ToString();

    private static MessageRow Message(MessageState state, int createdMinutesAgo) =>
        new("m") { State = state, CreatedAt = Now.AddMinutes(-createdMinutesAgo) };
}
