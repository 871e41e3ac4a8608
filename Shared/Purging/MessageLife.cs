using TlsOrLink.Messages;

namespace TlsOrLink.Purging;

/// <summary>What the purge reads off a message's own row; pure.</summary>
internal static class MessageLife
{
    /// <summary>A link to the message's files may be live at <paramref name="now"/>.</summary>
    public static bool HasLiveLinks(this MessageRow message, DateTimeOffset now) => message.LinksUntil > now;

    /// <summary>Nobody can need the message's files any more: no link is live and none will be made.</summary>
    public static bool LetsFilesGo(this MessageRow message, DateTimeOffset now) =>
        message.IsFinished && !message.HasLiveLinks(now);
}
