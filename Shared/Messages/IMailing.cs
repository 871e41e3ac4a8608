using TlsOrLink.Routing;

namespace TlsOrLink.Messages;

/// <summary>What is sent: the original to several at once, or each recipient's own link mail.</summary>
internal interface IMailing
{
    /// <summary>Recipients that the very same bytes may go to.</summary>
    int RecipientsPerTransaction { get; }

    /// <summary>The route that this mail is.</summary>
    Route Route { get; }

    /// <summary>The state of a recipient whose server took the mail.</summary>
    RecipientState StateWhenTaken(RecipientRow row);

    /// <summary>This recipient is to get this mail.</summary>
    bool Takes(RecipientRow row);

    /// <summary>Makes the mail of one transaction; may note in the rows what the claim is to record.</summary>
    /// <param name="rows">Its recipients.</param>
    /// <param name="eightBitMime">The host takes 8-bit content (RFC 6152): what may be changed is encoded in 7 bits where it does not.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Faults.TransientFault">Storage is away.</exception>
    Task<Mail> PrepareAsync(IReadOnlyList<RecipientRow> rows, bool eightBitMime, CancellationToken cancellation);
}

/// <summary>A mail that is ready to go.</summary>
/// <param name="Content">Its bytes, opened: once a recipient is claimed nothing but the wire may fail.</param>
/// <param name="Bytes">Its size, for SIZE (RFC 1870).</param>
/// <param name="EightBit">It has bytes over 127 and needs 8BITMIME (RFC 6152).</param>
internal sealed record Mail(Stream Content, long Bytes, bool EightBit) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
