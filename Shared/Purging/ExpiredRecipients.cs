using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Tells on the recipients' rows that a link ended before anything was downloaded.</summary>
internal sealed class ExpiredRecipients(MessageTable messages)
{
    private const int MaxTries = 3;

    /// <summary>Records on the rows that were read what is to be written, without writing it.</summary>
    /// <returns>The due rows that must be there before: see <see cref="ChainedWrites.HeadsOf"/>.</returns>
    public static IEnumerable<Due> Prepare(Ending ending, DateTimeOffset now)
    {
        ending.Expired = [.. ending.Recipients.Where(row => IsExpired(row, now))];
        Record(ending.Expired, now);
        return ChainedWrites.HeadsOf(ending.Expired);
    }

    /// <summary>Writes what was recorded: one call where nobody else has written meanwhile.</summary>
    /// <param name="ending">As <see cref="Prepare"/> left it.</param>
    /// <param name="now">The run's instant.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentFault">The rows are never as they were just read, or their chains hold more than they know of.</exception>
    public async Task MarkAsync(Ending ending, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = ending.Expired;
        for (var i = 0; i < MaxTries; i++)
        {
            if (rows.Count == 0 || await messages.UpdateMarkedAsync(rows, cancellation) == WriteOutcome.Done)
            {
                return;
            }

            rows = await ReadAgainAsync(rows, now, cancellation);
        }

        throw new PermanentFault("Recipients' rows are not to be written: their chains may have been tampered with.");
    }

    /// <summary>A download, a revocation or a newer link outranks the end of this one. Pure.</summary>
    public static bool IsExpired(RecipientRow recipient, DateTimeOffset now) =>
        recipient.State == RecipientState.Linked && !(recipient.LinkExpiresAt > now);

    private async Task<IReadOnlyList<RecipientRow>> ReadAgainAsync(
        IReadOnlyList<RecipientRow> rows,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var numbers = rows.Select(row => row.N).ToHashSet();
        var (first, last) = (numbers.Min(), numbers.Max());
        var again = await messages.RecipientsAsync(
            rows[0].MessageId,
            rows[0].Attempt,
            first,
            last - first + 1,
            cancellation
        );
        RecipientRow[] expired = [.. again.Where(row => numbers.Contains(row.N) && IsExpired(row, now))];
        Record(expired, now);
        return expired;
    }

    private static void Record(IEnumerable<RecipientRow> rows, DateTimeOffset now)
    {
        foreach (var row in rows)
        {
            row.State = RecipientState.Expired;
            row.UpdatedAt = now;
            row.Record(EventDraft.Of(EventKinds.LinkExpired, EventActors.Service, now));
        }
    }
}
