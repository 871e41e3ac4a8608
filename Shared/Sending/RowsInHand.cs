using TlsOrLink.Messages;

namespace TlsOrLink.Sending;

/// <summary>
/// Recipients as the begin of a round read them, for the sends that follow in this process, which then need not read them again. Each row is given
/// out once. Its ETag says at the claim whether somebody changed it meanwhile; then it is read. At most 20,000 rows, none for longer than a minute.
/// </summary>
internal sealed class RowsInHand(TimeProvider clock)
{
    /// <summary>Rows of all messages together.</summary>
    public const int MaxRows = 20_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Keeps the rows of a message that are open, instead of what was kept of it before; too many are not kept.</summary>
    public void Keep(string id, IReadOnlyCollection<RecipientRow> open)
    {
        lock (_lock)
        {
            DropOld();
            Drop(id);
            if (open.Count > 0 && _count + open.Count <= MaxRows)
            {
                _kept[id] = new Kept(clock.GetTimestamp(), open.ToDictionary(row => row.N));
                _count += open.Count;
            }
        }
    }

    /// <summary>Takes the open rows of a range out.</summary>
    /// <returns>Null where they must be read: they are not here, not any more, or one needs more than to be sent to.</returns>
    public IReadOnlyList<RecipientRow>? Take(SendTarget target)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue(target.Id, out var kept) || clock.GetElapsedTime(kept.At) > MaxAge)
            {
                return null;
            }

            List<RecipientRow> taken = [];
            for (var n = target.First; n < target.First + target.Count; n++)
            {
                if (kept.Rows.Remove(n, out var row))
                {
                    taken.Add(row);
                }
            }

            _count -= taken.Count;
            if (kept.Rows.Count == 0)
            {
                _kept.Remove(target.Id);
            }

            return taken.Count > 0 && taken.TrueForAll(row => IsPlain(row, target)) ? taken : null;
        }
    }

    /// <summary>Nobody has it, nobody wants it back, and nothing about it is in doubt.</summary>
    private static bool IsPlain(RecipientRow row, SendTarget target) =>
        row is { Ledger: null, InDoubt: false, RecallAsked: false, HandedOverAt: null }
        && string.Equals(row.Attempt, target.Attempt, StringComparison.Ordinal);

    private void DropOld()
    {
        foreach (var (id, kept) in _kept.ToArray())
        {
            if (clock.GetElapsedTime(kept.At) > MaxAge)
            {
                Drop(id);
            }
        }
    }

    private void Drop(string id)
    {
        if (_kept.Remove(id, out var kept))
        {
            _count -= kept.Rows.Count;
        }
    }

    private sealed record Kept(long At, Dictionary<int, RecipientRow> Rows);
}
