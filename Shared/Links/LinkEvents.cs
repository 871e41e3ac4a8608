using TlsOrLink.Events;

namespace TlsOrLink.Links;

/// <summary>What the audit trail tells of links. Pure.</summary>
internal static class LinkEvents
{
    /// <summary>The landing page was fetched.</summary>
    public static EventDraft Opened(LinkRow link, DateTimeOffset at) =>
        EventDraft.Of(EventKinds.LinkOpened, EventActors.Recipient, at, ("link", link.LinkId));

    /// <summary>The link was taken back.</summary>
    public static EventDraft Revoked(LinkRow link, string actor, DateTimeOffset at) =>
        EventDraft.Of(EventKinds.LinkRevoked, actor, at, ("link", link.LinkId));

    /// <summary>The link lives longer.</summary>
    public static EventDraft Extended(LinkRow link, string actor, DateTimeOffset at) =>
        EventDraft.Of(EventKinds.LinkExtended, actor, at, ("link", link.LinkId), ("until", link.ExpiresAt));

    /// <summary>A press of file <paramref name="n"/> that counts.</summary>
    public static EventDraft Downloaded(LinkRow link, int n, ChainKey key, DateTimeOffset at) =>
        EventDraft.Of(
            EventKinds.LinkDownloaded,
            EventActors.Recipient,
            at,
            ("link", link.LinkId),
            ("file", n),
            (
                "name",
                link.Files.FirstOrDefault(file => file.N == n) is { } file
                    ? key.NameHash(link.MessageId, file.Name)
                    : null
            )
        );
}
