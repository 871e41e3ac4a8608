using TlsOrLink.Holding;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Sending.WebApi;

namespace TlsOrLink.Tests.Unit.Sending;

/// <summary>A provider's word after a recall, after the end, or after a crash.</summary>
public sealed class LateWordTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("bounce", "TLS required but not supported", RecipientState.Cancelled)]
    [InlineData("bounce", "550 no such user", RecipientState.Bounced)]
    [InlineData("delivered", "250 OK", RecipientState.Accepted)]
    internal void Nothing_follows_what_a_provider_had_when_it_was_recalled(
        string kind,
        string words,
        RecipientState after
    )
    {
        var row = Row(RecipientState.Sending);
        row.Recall(Now).ShouldBeTrue();
        Recall.OutcomeOf(row).ShouldBe(RecallOutcome.HandedOver);

        EventRules.Apply(row, Event(kind, words), Now).ShouldBeTrue();

        (row.State, row.IsFinished).ShouldBe((after, true));
    }

    [Theory]
    [InlineData(RecipientState.Unconfirmed)]
    [InlineData(RecipientState.Accepted)]
    internal void A_drop_for_want_of_TLS_after_the_end_waits_for_nobody(RecipientState end)
    {
        var row = Row(end);

        EventRules.Apply(row, Event("bounce", "TLS required but not supported"), Now).ShouldBeTrue();

        row.State.ShouldBe(RecipientState.Bounced);
    }

    [Theory]
    [InlineData(RecipientState.Unconfirmed, false)]
    [InlineData(RecipientState.Deferred, true)]
    internal void A_word_counts_where_a_crash_kept_the_hand_over_from_being_written(RecipientState state, bool inDoubt)
    {
        var row = Row(state);
        (row.HandedOverAt, row.Route, row.InDoubt) = (null, null, inDoubt);

        EventRules.Apply(row, Event("delivered", "250 OK"), Now).ShouldBeTrue();

        (row.State, row.InDoubt).ShouldBe((RecipientState.Accepted, false));
    }

    private static RecipientRow Row(RecipientState state) =>
        new("0123456789abcdef0123456789abcdef", "0123abcd", 0)
        {
            State = state,
            Route = Route.Tls,
            HandedOverAt = Now,
        };

    private static ProviderEvent Event(string kind, string words, string id = "x") =>
        new(kind, "0123456789abcdef0123456789abcdef", "0123abcd", 0, id, words, Now);
}
