using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Sending;

/// <summary>
/// Who may send to a recipient, and what came of it: the reason why nobody is lost and hardly anybody gets mail twice
/// (<c>docs/decisions/003</c>).
/// </summary>
internal sealed class Ledger(MessageTable messages, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private const int WriteAttempts = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <summary>The recipients of a range that are not finished. Claims of processes that died are settled.</summary>
    public async Task<IReadOnlyList<RecipientRow>> OpenAsync(SendTarget target, CancellationToken cancellation)
    {
        var rows = await ReadAsync(target, cancellation);
        if (rows.Select(ClaimEnds).Max() is { } end && end > clock.GetUtcNow())
        {
            await Task.Delay(end - clock.GetUtcNow(), clock, cancellation);
            rows = await ReadAsync(target, cancellation);
        }

        if (rows.Any(row => ClaimEnds(row) > clock.GetUtcNow()))
        {
            throw new TransientFault("Another worker is sending to these recipients.");
        }

        foreach (var row in rows)
        {
            row.InDoubt |= row.Ledger is LedgerState.Claimed or LedgerState.Unconfirmed;
        }

        RecipientRow[] recalled = [.. rows.Where(row => row.RecallAsked)];
        await WriteAsync(recalled, row => row.Ledger = row.InDoubt ? LedgerState.Unconfirmed : null);
        return recalled.Length == 0 ? rows : [.. rows.Except(recalled)];
    }

    /// <summary>Takes the rows before DATA; false where somebody else has changed one: nothing may be sent then.</summary>
    public async Task<bool> ClaimAsync(IReadOnlyList<RecipientRow> rows, CancellationToken cancellation)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        foreach (var row in rows)
        {
            row.State = RecipientState.Sending;
            row.Ledger = LedgerState.Claimed;
            row.ClaimedBy = token;
            row.ClaimedAt = clock.GetUtcNow();
            row.UpdatedAt = clock.GetUtcNow();
        }

        return await messages.UpdateAsync(rows, cancellation) == WriteOutcome.Done
            || await OwnsAsync(rows, token, cancellation);
    }

    /// <summary>Tells other workers that the transaction still runs.</summary>
    public async Task RenewAsync(IReadOnlyList<RecipientRow> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            row.ClaimedAt = clock.GetUtcNow();
        }

        if (
            await messages.UpdateAsync(rows, cancellation) == WriteOutcome.Conflict
            && rows is [{ ClaimedBy: { } token }, ..]
        )
        {
            // A recall marks rows whose claim goes on.
            await OwnsAsync(rows, token, cancellation);
        }
    }

    /// <summary>
    /// Writes what came of a transaction, against every passing fault: what the server took must be known. A row that another worker has
    /// finished or claimed meanwhile is left as that one wrote it.
    /// </summary>
    /// <returns>How many rows were left to others.</returns>
    /// <exception cref="TransientFault">Storage stayed away; the claim tells the next run that nobody knows.</exception>
    public async Task<int> WriteAsync(IReadOnlyList<RecipientRow> rows, Action<RecipientRow> change)
    {
        var count = rows.Count;
        var held = rows.ToDictionary(
            row => row.N,
            row => new Holding(row.ClaimedBy, row.Ledger == LedgerState.Claimed)
        );
        for (var attempt = 1; rows.Count > 0; attempt++)
        {
            foreach (var row in rows)
            {
                row.Forget();
                change(row);
                row.FollowRecall(clock.GetUtcNow());
                row.UpdatedAt = clock.GetUtcNow();
            }

            try
            {
                if (await messages.UpdateAsync(rows, CancellationToken.None) == WriteOutcome.Done)
                {
                    return count - rows.Count;
                }

                var stored = await RereadAsync(rows, CancellationToken.None);
                rows = [.. stored.Where(row => held[row.N].StillHolds(row))];
                if (attempt == WriteAttempts)
                {
                    throw new TransientFault("The rows of these recipients keep changing.");
                }
            }
            catch (TransientFault) when (attempt < WriteAttempts)
            {
                await Task.Delay(FirstPause * attempt, clock);
            }
        }

        return count;
    }

    private DateTimeOffset? ClaimEnds(RecipientRow row) =>
        row.Ledger == LedgerState.Claimed ? row.ClaimedAt + options.Value.ClaimLife : null;

    private async Task<IReadOnlyList<RecipientRow>> ReadAsync(SendTarget target, CancellationToken cancellation) =>
        [
            .. (
                await messages.RecipientsAsync(target.Id, target.Attempt, target.First, target.Count, cancellation)
            ).Where(row => !row.IsFinished),
        ];

    /// <summary>A write whose answer was lost, and which was then tried again by the client library, looks like a conflict.</summary>
    private async Task<bool> OwnsAsync(IReadOnlyList<RecipientRow> rows, string token, CancellationToken cancellation)
    {
        var stored = await RereadAsync(rows, cancellation);
        foreach (var (row, now) in rows.Zip(stored).Where(pair => Holds(pair.Second)))
        {
            (row.ETag, row.Head, row.RecallAsked) = (now.ETag, now.Head, now.RecallAsked);
        }

        return stored.Count == rows.Count && stored.All(Holds);

        bool Holds(RecipientRow row) => string.Equals(row.ClaimedBy, token, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<RecipientRow>> RereadAsync(
        IReadOnlyList<RecipientRow> rows,
        CancellationToken cancellation
    )
    {
        var (first, last) = (rows[0].N, rows[^1].N);
        var wanted = rows.Select(row => row.N).ToHashSet();
        var stored = await messages.RecipientsAsync(
            rows[0].MessageId,
            rows[0].Attempt,
            first,
            last - first + 1,
            cancellation
        );
        return [.. stored.Where(row => wanted.Contains(row.N))];
    }

    /// <summary>What a worker knew of a row's claim when it began to write.</summary>
    private sealed record Holding(string? Token, bool IsClaim)
    {
        /// <summary>The holder of a claim may write as long as it stands; everybody else only while nobody claimed or finished the row.</summary>
        public bool StillHolds(RecipientRow stored) =>
            string.Equals(stored.ClaimedBy, Token, StringComparison.Ordinal)
            && (IsClaim ? stored.Ledger == LedgerState.Claimed : !stored.IsFinished);
    }
}
