namespace TlsOrLink.Purging;

/// <summary>What one run removed. Counts only.</summary>
/// <param name="Links">Links that ended: stripped, their recipients told apart.</param>
/// <param name="Tombstones">Links whose "expired" page went too.</param>
/// <param name="Contents">Finished messages whose content was looked at.</param>
/// <param name="Audits">Messages whose rows went at the end of the audit period.</param>
/// <param name="Blobs">Blobs removed.</param>
/// <param name="IsComplete">Nothing that was due is left; else a later run goes on.</param>
internal sealed record PurgeRun(int Links, int Tombstones, int Contents, int Audits, int Blobs, bool IsComplete)
{
    /// <summary>Everything that was removed or looked at.</summary>
    public int Total => Links + Tombstones + Contents + Audits + Verdicts + Blobs;

    /// <summary>Domains of which something was known that was of no use any more.</summary>
    public int Verdicts { get; init; }

    /// <summary>Due rows that could not be purged, see <see cref="PurgeSlices"/>.</summary>
    public int SetAside { get; init; }
}

/// <summary>What purging some due rows came to.</summary>
/// <param name="Done">Due rows that are done and gone, or written anew.</param>
/// <param name="Blobs">Blobs removed.</param>
internal sealed record Purged(IReadOnlyList<Storage.Due> Done, int Blobs = 0);
