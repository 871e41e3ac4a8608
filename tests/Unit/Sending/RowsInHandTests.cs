using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Sending;

namespace TlsOrLink.Tests.Unit.Sending;

public sealed class RowsInHandTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const string Attempt = "01234567";
    private readonly FakeTimeProvider clock = new();
    private readonly RowsInHand hand;

    public RowsInHandTests() => hand = new RowsInHand(clock);

    [Fact]
    public void Gives_out_each_row_once()
    {
        hand.Keep(Id, [Row(0), Row(1), Row(2)]);

        hand.Take(Range(0, 2))!.Select(row => row.N).ShouldBe([0, 1]);
        hand.Take(Range(0, 2)).ShouldBeNull();
        hand.Take(Range(2, 1))!.Select(row => row.N).ShouldBe([2]);
    }

    [Fact]
    public void Passes_over_rows_that_were_finished()
    {
        hand.Keep(Id, [Row(0), Row(2)]);

        hand.Take(Range(0, 3))!.Select(row => row.N).ShouldBe([0, 2]);
    }

    [Fact]
    public void Has_nothing_of_a_message_that_this_process_did_not_begin() => hand.Take(Range(0, 1)).ShouldBeNull();

    [Fact]
    public void Gives_out_nothing_of_another_attempt()
    {
        hand.Keep(Id, [Row(0)]);

        hand.Take(Range(0, 1) with { Attempt = "76543210" }).ShouldBeNull();
    }

    [Fact]
    public void Gives_out_nothing_that_is_older_than_a_minute()
    {
        hand.Keep(Id, [Row(0)]);
        clock.Advance(TimeSpan.FromSeconds(61));

        hand.Take(Range(0, 1)).ShouldBeNull();
    }

    [Fact]
    public void Lets_a_range_be_read_in_which_one_row_needs_more_than_to_be_sent_to()
    {
        foreach (
            var change in (Action<RecipientRow>[])
                [
                    row => row.Ledger = LedgerState.Claimed,
                    row => row.Ledger = LedgerState.Unconfirmed,
                    row => row.InDoubt = true,
                    row => row.RecallAsked = true,
                    row => row.HandedOverAt = clock.GetUtcNow(),
                ]
        )
        {
            var special = Row(1);
            change(special);
            hand.Keep(Id, [Row(0), special]);

            hand.Take(Range(0, 2)).ShouldBeNull();
        }
    }

    [Fact]
    public void Keeps_no_more_rows_than_its_bound_and_makes_room_when_they_are_taken_or_old()
    {
        hand.Keep("large", [.. Enumerable.Range(0, RowsInHand.MaxRows).Select(Row)]);
        hand.Keep(Id, [Row(0)]);
        hand.Take(Range(0, 1)).ShouldBeNull();

        hand.Take(Range(0, 1) with { Id = "large" });
        hand.Keep(Id, [Row(0)]);
        hand.Take(Range(0, 1)).ShouldNotBeNull();

        clock.Advance(TimeSpan.FromSeconds(61));
        hand.Keep(Id, [Row(0), Row(1), Row(2)]);
        hand.Take(Range(0, 3)).ShouldNotBeNull();
    }

    [Fact]
    public void Keeps_what_a_later_round_read_instead()
    {
        hand.Keep(Id, [Row(0), Row(1)]);
        hand.Keep(Id, [Row(1)]);

        hand.Take(Range(0, 2))!.Select(row => row.N).ShouldBe([1]);
    }

    private static RecipientRow Row(int n) => new(Id, Attempt, n);

    private static SendTarget Range(int first, int count) =>
        new(
            Id,
            Attempt,
            DateTimeOffset.UnixEpoch,
            first,
            count,
            MailDomain.Parse("partner.example"),
            new RoutePlan(Route.Tls, "verified", TlsLevel.Verified, []),
            Round: 0
        );
}
