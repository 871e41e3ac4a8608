using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Links;

/// <summary>Each recipient's own mail with its own link.</summary>
internal sealed class LinkMailing(LinkMailings mailings, MessageRow message, int round, LinkCause cause, string prepend)
    : IMailing
{
    private readonly Dictionary<bool, (LinkOrder Order, DateTimeOffset ExpiresAt)> placed = [];

    /// <inheritdoc/>
    public int RecipientsPerTransaction => 1;

    /// <inheritdoc/>
    public Route Route => Route.Link;

    /// <inheritdoc/>
    public RecipientState StateWhenTaken(RecipientRow row) =>
        row.LinkHashes is null ? RecipientState.Accepted : RecipientState.Linked;

    /// <inheritdoc/>
    public bool Takes(RecipientRow row) => row.Route != Route.Tls || row.Round != round;

    /// <inheritdoc/>
    public async Task<Mail> PrepareAsync(
        IReadOnlyList<RecipientRow> rows,
        bool eightBitMime,
        CancellationToken cancellation
    )
    {
        var row = rows[0];
        var withBody = message.ProtectBody || row.ProtectBody;
        if (message.FileCount == 0 && !withBody)
        {
            return message.IsFaulty || (row.EightBit && !eightBitMime)
                ? await mailings.RewrittenAsync(message, cancellation)
                : await mailings.UnlinkedAsync(message, row, prepend, cancellation);
        }

        if (!placed.TryGetValue(withBody, out var order))
        {
            order = await mailings.PlaceAsync(message, cause, withBody, cancellation);
            placed[withBody] = order;
        }

        return await mailings.LinkedAsync(message, order, row, withBody, cancellation);
    }
}
