using TlsOrLink.Events;

namespace TlsOrLink.Links;

/// <summary>What the audit trail tells of links. Pure.</summary>
internal static class LinkEvents
{
    /// <summary>The landing page was fetched; <c>by</c> and <c>sign</c> say by whom, as far as that can be seen.</summary>
    public static EventDraft Opened(LinkRow link, Reader reader, DateTimeOffset at) =>
        EventDraft.Of(
            EventKinds.LinkOpened,
            EventActors.Recipient,
            at,
            ("link", link.LinkId),
            ("by", reader.Kind),
            ("sign", reader.Sign)
        );

    /// <summary>The link was taken back, at the instant that its row says.</summary>
    public static EventDraft Revoked(LinkRow link, string actor) =>
        EventDraft.Of(EventKinds.LinkRevoked, actor, link.RevokedAt!.Value, ("link", link.LinkId));

    /// <summary>The link lives longer.</summary>
    public static EventDraft Extended(LinkRow link, string actor, DateTimeOffset at) =>
        EventDraft.Of(EventKinds.LinkExtended, actor, at, ("link", link.LinkId), ("until", link.ExpiresAt));

    /// <summary>A wrong code; the one that locks the link is told as such.</summary>
    public static EventDraft WrongCode(LinkRow link, DateTimeOffset at) =>
        EventDraft.Of(
            link.WrongCodes >= CodeTries.Most ? EventKinds.LinkCodeLocked : EventKinds.LinkCodeFailed,
            EventActors.Recipient,
            at,
            ("link", link.LinkId),
            ("wrong", link.WrongCodes)
        );

    /// <summary>A one-time code was mailed to the recipient.</summary>
    public static EventDraft CodeMailed(LinkRow link, DateTimeOffset at) =>
        EventDraft.Of(EventKinds.LinkCodeMailed, EventActors.Recipient, at, ("link", link.LinkId));

    /// <summary>The recipient asked for the files again, and the sender is told.</summary>
    public static EventDraft RenewalAsked(LinkRow link, DateTimeOffset at) =>
        EventDraft.Of(EventKinds.LinkRenewalAsked, EventActors.Recipient, at, ("link", link.LinkId));

    /// <summary>The recipient is reminded of what nobody has fetched.</summary>
    public static EventDraft Expiring(LinkRow link, DateTimeOffset at) =>
        EventDraft.Of(
            EventKinds.LinkExpiring,
            EventActors.Service,
            at,
            ("link", link.LinkId),
            ("until", link.ExpiresAt)
        );

    /// <summary>A press of file <paramref name="n"/> that counts.</summary>
    public static EventDraft Downloaded(LinkRow link, int n, Reader? reader, ChainKey key, DateTimeOffset at) =>
        EventDraft.Of(
            EventKinds.LinkDownloaded,
            EventActors.Recipient,
            at,
            ("link", link.LinkId),
            ("file", n == Presses.All ? "all" : n),
            ("by", reader?.Kind),
            ("sign", reader?.Sign),
            (
                "name",
                link.Files.FirstOrDefault(file => file.N == n) is { } file
                    ? key.NameHash(link.MessageId, file.Name)
                    : null
            )
        );
}
