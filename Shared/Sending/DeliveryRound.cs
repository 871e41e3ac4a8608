using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Sending;

/// <summary>The recipients of one domain who are not finished.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="First">Number of the first recipient.</param>
/// <param name="Count">Rows up to the last one; finished ones may lie between.</param>
internal sealed record DomainRange(MailDomain Domain, int First, int Count);

/// <summary>What a round has to do.</summary>
/// <param name="Attempt">The intake attempt that won.</param>
/// <param name="CreatedAt">When intake took the message.</param>
/// <param name="ETag">Version of the message row after this step; empty where the message is finished.</param>
/// <param name="Domains">Empty where all recipients are finished.</param>
/// <param name="RetryDelay">Wait after this round where recipients remain.</param>
/// <param name="Route">What the caller asked for.</param>
/// <param name="TlsPolicy">A stricter policy that the caller asked for, or null.</param>
internal sealed record RoundWork(
    string Attempt,
    DateTimeOffset CreatedAt,
    string ETag,
    IReadOnlyList<DomainRange> Domains,
    TimeSpan RetryDelay,
    RouteOption Route,
    Routing.TlsPolicy? TlsPolicy
)
{
    /// <summary>Recipients who failed before this round, or were given up at its begin, and of whom the sender was not told yet.</summary>
    public int Untold { get; init; }

    /// <summary>Recipients whose mail a provider has, and who wait for its word.</summary>
    public int Waiting { get; init; }

    /// <summary>Head of the message's audit chain in that version; null in histories of before there was one.</summary>
    public string? Head { get; init; }

    /// <summary>See <see cref="MessageRow.Trace"/>.</summary>
    public string? Trace { get; init; }

    /// <summary>Name of the caller that owns the message; null in histories of before it was told.</summary>
    [System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull
    )]
    public string? Caller { get; init; }

    /// <summary>Somebody is to get a report when all is done.</summary>
    public bool Reports { get; init; }
}

/// <summary>Begins a round of a delivery: reads who is left, and gives up on them when the retry period is over.</summary>
internal sealed class DeliveryRound(
    MessageTable messages,
    RowsInHand hand,
    IOptions<DeliveryOptions> options,
    TimeProvider clock
)
{
    /// <summary>Who is left, and what the round needs to know.</summary>
    /// <exception cref="PermanentFault">There is no such message.</exception>
    /// <exception cref="TransientFault">Storage is away, or the message changes under our hands.</exception>
    public async Task<RoundWork> BeginAsync(string id, int round, CancellationToken cancellation)
    {
        var (message, recipients) =
            await messages.PartitionAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");
        if (message.IsHeld)
        {
            throw new PermanentFault("The message is held: nothing of it may be sent.");
        }

        if (message.State == MessageState.Stored)
        {
            message.State = MessageState.Delivering;
            await messages.MustUpdateAsync([message], cancellation);
        }

        var now = clock.GetUtcNow();
        await StopWaitingAsync(
            [.. recipients.Where(row => row.IsHandedOver && row.HandedOverAt + options.Value.HandOverPeriod <= now)],
            now,
            cancellation
        );
        RecipientRow[] open = [.. recipients.Where(row => !row.IsFinished && !message.IsFinished)];
        if (round > 0 && RetrySchedule.IsOver(message.ReleasedAt, now, options.Value))
        {
            await GiveUpAsync(open, "The retry period is over.", cancellation);
            open = [];
        }

        hand.Keep(id, open);
        return new RoundWork(
            message.Attempt,
            message.CreatedAt,
            message.IsFinished ? "" : message.ETag.ToString(),
            [.. open.GroupBy(row => row.Domain, StringComparer.Ordinal).Select(RangeOf)],
            // After the period only a provider's word is waited for.
            RetrySchedule.IsOver(message.ReleasedAt, now, options.Value)
                ? options.Value.LongestRetry
                : RetrySchedule.DelayAfter(round, message.ReleasedAt, now, options.Value),
            message.RouteOption,
            message.TlsPolicyOption
        )
        {
            Untold = recipients.Count(row => row is { HasFailed: true, ToldIn: null }),
            Waiting = recipients.Count(row => row.IsHandedOver),
            Head = message.Head.ToString(),
            Trace = message.Trace,
            Caller = message.Caller,
            Reports = message.ReportTo is not null,
        };
    }

    /// <summary>Nobody waits for the provider's word any more; it still counts when it comes.</summary>
    private async Task StopWaitingAsync(RecipientRow[] rows, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            row.SetUnconfirmed();
            row.UpdatedAt = now;
            row.Record(RecipientEvents.Outcome(row, now));
        }

        await messages.MustUpdateAsync(rows, cancellation);
    }

    /// <summary>Gives up on everybody who is left: the delivery failed again and again.</summary>
    /// <returns>The message, which is then to be completed; null where there is none, or its end came otherwise.</returns>
    public async Task<MessageRow?> AbandonAsync(string id, CancellationToken cancellation)
    {
        if (await messages.PartitionAsync(id, cancellation) is not { } found)
        {
            return null;
        }

        RecipientRow[] waiting = [.. found.Recipients.Where(row => row.IsHandedOver)];
        await StopWaitingAsync(waiting, clock.GetUtcNow(), cancellation);
        RecipientRow[] open = [.. found.Recipients.Where(row => !row.IsFinished)];
        await GiveUpAsync(open, "The delivery failed again and again.", cancellation);
        return found.Message;
    }

    private async Task GiveUpAsync(RecipientRow[] rows, string detail, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            // Why it was deferred says more than that the time is over.
            row.Reason = row is { State: RecipientState.Deferred, Reason: { } why } ? why : SendingReasons.GivenUp;
            row.InDoubt |= row.Ledger is LedgerState.Claimed or LedgerState.Unconfirmed;
            row.Fail(RecipientState.Bounced);
            row.Detail = detail;
            row.UpdatedAt = clock.GetUtcNow();
            row.Record(RecipientEvents.Outcome(row, row.UpdatedAt));
        }

        await messages.MustUpdateAsync(rows, cancellation);

        OutcomeCounts.Add(rows, clock.GetUtcNow());
    }

    private static DomainRange RangeOf(IGrouping<string, RecipientRow> rows)
    {
        var (first, last) = (rows.Min(row => row.N), rows.Max(row => row.N));
        return new DomainRange(MailDomain.Parse(rows.Key), first, last - first + 1);
    }
}
