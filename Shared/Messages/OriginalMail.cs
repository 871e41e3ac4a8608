using TlsOrLink.Messages.Signing;
using TlsOrLink.Routing;

namespace TlsOrLink.Messages;

/// <summary>The message as it came in, to all recipients of a domain at once: route <c>tls</c>.</summary>
/// <param name="blobs">Where it lies.</param>
/// <param name="blob">Name of its blob.</param>
/// <param name="prepend">Header lines to put before it.</param>
/// <param name="signatures">Signs it for its author's domain.</param>
internal sealed class OriginalMail(MessageBlobs blobs, string blob, string prepend, Signatures signatures) : IMailing
{
    private string? before;

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
        before ??= prepend + await SignatureAsync(source, cancellation);
        return new Mail(new TransparentMessage(source, before), source.Length + before.Length, eightBit);
    }

    /// <summary>Of what will go out, by a first reading; nothing is read where nothing is signed.</summary>
    private async Task<string> SignatureAsync(Stream source, CancellationToken cancellation)
    {
        if (!signatures.IsOn)
        {
            return "";
        }

        // Not disposed: it would take the source with it.
        var signature = await signatures.OfAsync(new TransparentMessage(source, ""), cancellation);
        source.Position = 0;
        return signature;
    }
}
