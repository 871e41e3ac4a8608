using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>
/// Purges due rows of a few kinds. Each step may be cut off by a kill and run again: blobs go before the rows that name them, and the
/// due rows go last.
/// </summary>
internal interface IDuePurge
{
    /// <summary>Of <see cref="DueKinds"/>; those whose owner is one row are purged together, so that it is read once.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>Purges due rows of these kinds, at most <see cref="ExpiredPurge.SliceSize"/>; all of one message follow one another.</summary>
    /// <returns>Which are done; the others are left to the next run.</returns>
    Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation);
}
