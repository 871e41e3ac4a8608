using System.Collections.Concurrent;
using DnsClient;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Dns;

/// <summary>Answers of this process, for their time to live, bounded in number.</summary>
internal sealed class DnsCache(IOptions<DnsOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<
        (DnsName Name, QueryType Type),
        (object Answer, DateTimeOffset Expires)
    > kept = new();

    /// <summary>Entries kept now, expired ones included.</summary>
    public int Count => kept.Count;

    /// <summary>The answer while it lives, or null.</summary>
    public DnsAnswer<T>? Find<T>(DnsName name, QueryType type) =>
        kept.TryGetValue((name, type), out var entry) && entry.Expires > clock.GetUtcNow()
            ? entry.Answer as DnsAnswer<T>
            : null;

    /// <summary>Keeps an answer that lives; room is made by dropping first what has expired, then what expires first.</summary>
    public void Keep<T>(DnsName name, QueryType type, DnsAnswer<T> answer)
    {
        if (answer.Status == DnsStatus.Failed || answer.Expires <= clock.GetUtcNow() || options.Value.CacheEntries == 0)
        {
            return;
        }

        if (kept.Count >= options.Value.CacheEntries)
        {
            MakeRoom();
        }

        kept[(name, type)] = (answer, answer.Expires);
    }

    // A tenth at once, so that a full cache is not sorted at every answer.
    private void MakeRoom()
    {
        var tenth = Math.Max(1, options.Value.CacheEntries / 10);
        var now = clock.GetUtcNow();
        var byExpiry = kept.ToArray().OrderBy(entry => entry.Value.Expires).ToList();
        foreach (var entry in byExpiry.Where((entry, rank) => rank < tenth || entry.Value.Expires <= now))
        {
            kept.TryRemove(entry);
        }
    }
}
