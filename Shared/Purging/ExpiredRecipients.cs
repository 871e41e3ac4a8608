using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Tells on the recipients' rows that a link ended before anything was downloaded.</summary>
internal sealed class ExpiredRecipients(MessageTable messages)
{
    /// <summary>Recipients are read in ranges of neighbours and written in batches.</summary>
    private const int RangeSize = 100;

    private const int MaxTries = 3;

    /// <summary>Marks the recipients of links of one message. One read and one write for each range.</summary>
    /// <param name="ended">Links of one message that are over; empty is allowed.</param>
    /// <param name="now">The run's instant.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Somebody else keeps writing the same rows.</exception>
    public async Task MarkAsync(IReadOnlyCollection<LinkRow> ended, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var range in ended.GroupBy(link => (link.MessageId, link.Attempt, Range: link.N / RangeSize)))
        {
            var numbers = range.Select(link => link.N).ToHashSet();
            await MarkRangeAsync(range.Key.MessageId, range.Key.Attempt, numbers, now, cancellation);
        }
    }

    /// <summary>A download, a revocation or a newer link outranks the end of this one. Pure.</summary>
    public static bool IsExpired(RecipientRow recipient, DateTimeOffset now) =>
        recipient.State == RecipientState.Linked && !(recipient.LinkExpiresAt > now);

    private async Task MarkRangeAsync(
        string id,
        string attempt,
        HashSet<int> numbers,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var first = numbers.Min();
        for (var i = 0; i < MaxTries; i++)
        {
            var rows = await messages.RecipientsAsync(id, attempt, first, numbers.Max() - first + 1, cancellation);
            RecipientRow[] expired = [.. rows.Where(row => numbers.Contains(row.N) && IsExpired(row, now))];
            foreach (var row in expired)
            {
                row.State = RecipientState.Expired;
                row.UpdatedAt = now;
                row.Record(EventDraft.Of(EventKinds.LinkExpired, EventActors.Service, now));
            }

            if (expired.Length == 0 || await messages.UpdateAsync(expired, cancellation) == WriteOutcome.Done)
            {
                return;
            }
        }

        throw new TransientFault("Recipients' rows are being written by somebody else; the next run goes on.");
    }
}
