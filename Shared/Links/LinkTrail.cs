using TlsOrLink.Events;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>The row, and the chain, of the recipient whom a link belongs to.</summary>
internal static class LinkTrail
{
    /// <summary>Changes the recipient's row, see <see cref="Trail.AppendAsync(string, string, int, Func{RecipientRow, bool}, CancellationToken)"/>.</summary>
    public static Task<bool> ChangeAsync(
        this Trail trail,
        LinkRow link,
        Func<RecipientRow, bool> change,
        CancellationToken cancellation
    ) => trail.AppendAsync(link.MessageId, link.Attempt, link.N, change, cancellation);

    /// <summary>Tells the chain, as <see cref="ChangeAsync"/>.</summary>
    public static Task<bool> TellAsync(
        this Trail trail,
        LinkRow link,
        EventDraft told,
        CancellationToken cancellation
    ) =>
        trail.ChangeAsync(
            link,
            recipient =>
            {
                recipient.Record(told);
                return true;
            },
            cancellation
        );
}
