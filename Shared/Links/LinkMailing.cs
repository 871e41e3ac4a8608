using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Links;

/// <summary>Each recipient's own mail with its own link.</summary>
internal sealed class LinkMailing(
    LinkMailings mailings,
    MessageRow message,
    LinkOrder order,
    int round,
    string prepend
) : IMailing
{
    private LinkOrder? withBody;

    /// <inheritdoc/>
    public int RecipientsPerTransaction => 1;

    /// <inheritdoc/>
    public Route Route => Route.Link;

    /// <inheritdoc/>
    public RecipientState StateWhenTaken(RecipientRow row) =>
        row.LinkHashes is null ? RecipientState.Accepted : RecipientState.Linked;

    /// <inheritdoc/>
    public bool Takes(RecipientRow row) => row.Route != Route.Tls || row.Round < round;

    /// <inheritdoc/>
    public async Task<Mail> PrepareAsync(IReadOnlyList<RecipientRow> rows, CancellationToken cancellation)
    {
        var row = rows[0];
        var protectBody = message.ProtectBody || row.ProtectBody;
        if (!protectBody)
        {
            return order.Files.Count == 0
                ? await mailings.UnlinkedAsync(message, prepend, cancellation)
                : await mailings.LinkedAsync(message, order, row, protectBody, cancellation);
        }

        withBody ??= await mailings.WithBodyAsync(order, cancellation);
        return await mailings.LinkedAsync(message, withBody, row, protectBody, cancellation);
    }
}
