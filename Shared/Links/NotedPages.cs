using System.Collections.Concurrent;

namespace TlsOrLink.Links;

/// <summary>
/// Of which links this process knows that a further fetch of the page is not to be noted yet, so that the recipient's row is not read for each. Only
/// the row decides what is noted: whatever is forgotten here is read again. Nothing else rests on it; the link's own row is read each time.
/// </summary>
internal sealed class NotedPages(TimeProvider time)
{
    /// <summary>Some megabytes; beyond it everything is forgotten.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> ends = new(StringComparer.Ordinal);
    private int added;

    /// <summary>The row need not be read.</summary>
    public bool Has(string key) => ends.TryGetValue(key, out var end) && time.GetUtcNow() < end;

    /// <summary>Nothing is to be noted before that instant.</summary>
    public void Add(string key, DateTimeOffset until)
    {
        if (Interlocked.Increment(ref added) > Most)
        {
            ends.Clear();
            Interlocked.Exchange(ref added, 0);
        }

        ends[key] = until;
    }
}
