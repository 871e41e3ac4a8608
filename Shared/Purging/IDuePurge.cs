using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>
/// Purges one kind of due rows. Each step may be cut off by a kill and run again: blobs go before the rows that name them, and the
/// due row goes last.
/// </summary>
internal interface IDuePurge
{
    /// <summary>One of <see cref="DueKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Purges due rows of one message, at most <see cref="ExpiredPurge.GroupSize"/>.</summary>
    /// <returns>How many are done; the others are left to the next run.</returns>
    Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation);
}
