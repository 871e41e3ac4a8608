using TlsOrLink.Routing;

namespace TlsOrLink.Messages;

/// <summary>The message as it came in, to all recipients of a domain at once: route <c>tls</c>.</summary>
/// <param name="blobs">Where it lies.</param>
/// <param name="blob">Name of its blob.</param>
/// <param name="prepend">Header lines to put before it.</param>
internal sealed class OriginalMail(MessageBlobs blobs, string blob, string prepend) : IMailing
{
    /// <inheritdoc/>
    public int RecipientsPerTransaction => int.MaxValue;

    /// <inheritdoc/>
    public Route Route => Route.Tls;

    /// <inheritdoc/>
    public RecipientState StateWhenTaken(RecipientRow row) => RecipientState.Accepted;

    /// <inheritdoc/>
    public bool Takes(RecipientRow row) => row.Route != Route.Link;

    /// <inheritdoc/>
    public async Task<Mail> PrepareAsync(
        IReadOnlyList<RecipientRow> rows,
        bool eightBitMime,
        CancellationToken cancellation
    )
    {
        var source = await blobs.OpenAsync(blob, cancellation);
        var eightBit = rows.Any(row => row.EightBit);
        return new Mail(new TransparentMessage(source, prepend), source.Length + prepend.Length, eightBit);
    }
}
