namespace TlsOrLink.Links;

/// <summary>What a link is good for at one instant.</summary>
internal enum LinkState
{
    /// <summary>No such link, or gone for good.</summary>
    Unknown,

    /// <summary>The files may be fetched.</summary>
    Live,

    /// <summary>Past its time.</summary>
    Expired,

    /// <summary>Taken back by the sender.</summary>
    Revoked,

    /// <summary>Every download that it was good for is used.</summary>
    UsedUp,
}

/// <summary>Judges a link; pure.</summary>
internal static class LinkJudge
{
    /// <summary>
    /// The state at <paramref name="now"/>. Revoked outranks expired: the sender's will is told even after the time is over. A link
    /// ends at its expiry exactly, and a tombstone is never live whatever its columns say.
    /// </summary>
    /// <param name="row">The row, or null where the table has none.</param>
    /// <param name="now">The instant to judge at.</param>
    public static LinkState StateAt(LinkRow? row, DateTimeOffset now) =>
        row switch
        {
            null => LinkState.Unknown,
            { RevokedAt: not null } => LinkState.Revoked,
            { IsTombstone: true } => LinkState.Expired,
            _ when now >= row.ExpiresAt => LinkState.Expired,
            { MaxDownloads: { } limit } when row.Downloads >= limit => LinkState.UsedUp,
            _ => LinkState.Live,
        };
}
