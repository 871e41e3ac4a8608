using TlsOrLink.Holding;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class RecipientRecallTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Held", null, "Cancelled")]
    [InlineData("Probing", null, "Cancelled")]
    [InlineData("Deferred", null, "Cancelled")]
    [InlineData("Deferred", "Unconfirmed", "Unconfirmed")]
    [InlineData("Sending", null, "Cancelled")]
    [InlineData("Sending", "Claimed", "Sending")]
    [InlineData("Accepted", "Accepted", "Accepted")]
    [InlineData("Linked", "Accepted", "Linked")]
    [InlineData("Bounced", null, "Bounced")]
    public void A_recall_ends_what_nobody_is_sending(string state, string? ledger, string after)
    {
        var row = Row(state, ledger);

        row.Recall(Now).ShouldBe(after != state || ledger == "Claimed");

        row.State.ToString().ShouldBe(after);
        row.Recall(Now).ShouldBeFalse("a recall sent again finds nothing to do");
    }

    [Theory]
    [InlineData("Deferred", false, "Cancelled")]
    [InlineData("Deferred", true, "Unconfirmed")]
    [InlineData("Sending", false, "Cancelled")]
    [InlineData("Accepted", false, "Accepted")]
    [InlineData("Linked", false, "Revoked")]
    [InlineData("Bounced", false, "Bounced")]
    public void What_comes_of_a_transaction_is_the_end_of_a_recalled_recipient(string state, bool inDoubt, string after)
    {
        var row = Row("Sending", "Claimed");
        row.Recall(Now);

        row.Ledger = null;
        (row.State, row.InDoubt) = (Enum.Parse<RecipientState>(state), inDoubt);
        row.FollowRecall(Now);

        row.State.ToString().ShouldBe(after);
    }

    [Theory]
    [InlineData("Linked", "Linked")]
    [InlineData("Downloaded", "Linked")]
    [InlineData("Revoked", "Linked")]
    [InlineData("Expired", "Linked")]
    [InlineData("Accepted", "Accepted")]
    [InlineData("Unconfirmed", "Unconfirmed")]
    [InlineData("Bounced", "NotDelivered")]
    [InlineData("Undeliverable", "NotDelivered")]
    public void Whoever_had_a_mail_is_never_said_to_have_had_none(string state, string outcome) =>
        Recall.OutcomeOf(Row(state, null)).ToString().ShouldBe(outcome);

    private static RecipientRow Row(string state, string? ledger) =>
        new("id", "attempt", 0)
        {
            State = Enum.Parse<RecipientState>(state),
            Ledger = ledger is null ? null : Enum.Parse<LedgerState>(ledger),
        };
}
