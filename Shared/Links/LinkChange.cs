namespace TlsOrLink.Links;

/// <summary>What became of a wish to change a link.</summary>
internal enum LinkChange
{
    /// <summary>It is as wished, now or already before.</summary>
    Done,

    /// <summary>There is no such link.</summary>
    NotThere,

    /// <summary>Its time is over, or within <see cref="LinkExtension.Margin"/>: its files are gone or may be going.</summary>
    Ended,

    /// <summary>It was taken back: what the sender withdrew is not handed out again.</summary>
    Revoked,

    /// <summary>The mail names storage addresses, whose end cannot be moved.</summary>
    Fixed,

    /// <summary>It would live longer than <see cref="LinkOptions.MaxLife"/> in all.</summary>
    TooLong,
}

/// <summary>A link after a wish to change it.</summary>
/// <param name="Change">What became of the wish.</param>
/// <param name="Row">The link as it stands in the table now; null where there is none.</param>
internal sealed record ChangedLink(LinkChange Change, LinkRow? Row);

/// <summary>Judges the wish to extend a link; pure.</summary>
internal static class LinkExtension
{
    /// <summary>Nearer to its end a link cannot be extended: the purge may be taking its files while we write.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>The end of <paramref name="row"/> where it is to live for <paramref name="life"/> from <paramref name="now"/> on: never earlier than it is.</summary>
    public static DateTimeOffset EndOf(LinkRow row, TimeSpan life, DateTimeOffset now)
    {
        var end = now + life;
        var wholeSeconds = new DateTimeOffset(end.Ticks - (end.Ticks % TimeSpan.TicksPerSecond), end.Offset);
        return wholeSeconds > row.ExpiresAt ? wholeSeconds : row.ExpiresAt;
    }

    /// <summary>Whether the link may end at <paramref name="end"/>.</summary>
    public static LinkChange Judge(LinkRow? row, DateTimeOffset end, DateTimeOffset now) =>
        row switch
        {
            null => LinkChange.NotThere,
            { RevokedAt: not null } => LinkChange.Revoked,
            { IsTombstone: true } => LinkChange.Ended,
            _ when row.ExpiresAt <= now + Margin => LinkChange.Ended,
            { IsDirect: true } => LinkChange.Fixed,
            _ when end > row.CreatedAt + LinkOptions.MaxLife => LinkChange.TooLong,
            _ => LinkChange.Done,
        };
}
