using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Contract;

public sealed class BoundedWaitTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(nameof(MessageState.Delivering), nameof(RecipientState.Sending), 1, false)]
    [InlineData(nameof(MessageState.Stored), nameof(RecipientState.Probing), 1, false)]
    [InlineData(nameof(MessageState.Delivering), nameof(RecipientState.Sending), 600, true)]
    [InlineData(nameof(MessageState.Delivering), nameof(RecipientState.Deferred), 1, true)]
    [InlineData(nameof(MessageState.Held), nameof(RecipientState.Held), 1, true)]
    [InlineData(nameof(MessageState.Completed), nameof(RecipientState.Accepted), 1, true)]
    public void A_wait_ends_when_nothing_changes_soon(string state, string recipient, int seconds, bool isOver)
    {
        var message = new MessageRow("m") { State = Enum.Parse<MessageState>(state), CreatedAt = Start };
        var row = new RecipientRow("m", "a", 0) { State = Enum.Parse<RecipientState>(recipient) };

        BoundedWait.IsOver(message, [row], Start.AddSeconds(seconds)).ShouldBe(isOver);
    }

    [Fact]
    public void A_wait_goes_on_while_one_recipient_is_being_sent_to()
    {
        var message = new MessageRow("m") { State = MessageState.Delivering, CreatedAt = Start };
        RecipientRow[] rows =
        [
            new("m", "a", 0) { State = RecipientState.Deferred },
            new("m", "a", 1) { State = RecipientState.Sending },
        ];

        BoundedWait.IsOver(message, rows, Start.AddSeconds(1)).ShouldBeFalse();
    }
}
