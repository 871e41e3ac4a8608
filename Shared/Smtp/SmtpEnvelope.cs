using TlsOrLink.Domains;

namespace TlsOrLink.Smtp;

/// <summary>What one transaction asks of the server before DATA.</summary>
/// <param name="Sender">MAIL FROM; null is the empty reverse-path of a bounce.</param>
/// <param name="Recipients">RCPT TO, at least one; replies come back in this order.</param>
internal sealed record SmtpEnvelope(MailAddress? Sender, IReadOnlyList<MailAddress> Recipients)
{
    /// <summary>Ask for REQUIRETLS (RFC 8689). Where it is not offered nothing is sent.</summary>
    public bool RequireTls { get; init; }

    /// <summary>Headers hold UTF-8, or an address does: ask for SMTPUTF8 (RFC 6531). Where it is not offered nothing is sent.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>The content has bytes over 127: ask for 8BITMIME (RFC 6152). Where it is not offered nothing is sent.</summary>
    public bool EightBit { get; init; }

    /// <summary>Size in bytes for SIZE (RFC 1870), or null. Over the host's limit nothing is sent.</summary>
    public long? Bytes { get; init; }

    /// <summary>An opaque name of each recipient, in their order, without an address; empty for none.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The mark of recipient <paramref name="index"/>, or null.</summary>
    public string? MarkOf(int index) => index < Marks.Count ? Marks[index] : null;
}

/// <summary>How far a transaction came: what may be undone and what may not.</summary>
internal enum TransactionPhase
{
    /// <summary>No 354 was seen: nothing of the message left, the claim can be undone.</summary>
    Envelope,

    /// <summary>After 354, before the final dot: a correct server discards what it has.</summary>
    Data,

    /// <summary>The final dot may have left and no reply came: accepted or not, nobody knows (<c>unconfirmed</c>).</summary>
    Dot,

    /// <summary>The server answered the final dot: <see cref="TransactionResult.DataReply"/> says how.</summary>
    Replied,
}

/// <summary>What came of one transaction.</summary>
/// <param name="Phase">How far it came.</param>
/// <param name="Recipients">Per recipient in the envelope's order; null where none was got.</param>
internal sealed record TransactionResult(TransactionPhase Phase, IReadOnlyList<SmtpReply?> Recipients)
{
    private const int ServiceClosing = 421;

    /// <summary>Reply to MAIL FROM, or null.</summary>
    public SmtpReply? SenderReply { get; init; }

    /// <summary>Reply to the final dot, or to DATA where that was refused; null where there was none.</summary>
    public SmtpReply? DataReply { get; init; }

    /// <summary>Why it broke off, as a slug; null where the server's replies tell all.</summary>
    public string? Fault { get; init; }

    /// <summary>The connection can carry another transaction.</summary>
    public bool Reusable { get; init; }

    /// <summary>The server closes its service for now (421), whatever it was asked: fewer connections are wanted.</summary>
    public bool IsClosing =>
        Recipients.Append(SenderReply).Append(DataReply).Any(reply => reply is { Code: ServiceClosing });

    /// <summary>The server took responsibility for the message to recipient <paramref name="index"/>.</summary>
    public bool Accepted(int index) =>
        Phase == TransactionPhase.Replied
        && DataReply is { IsPositive: true }
        && Recipients[index] is { IsPositive: true };

    /// <summary>The server may or may not have taken the message to recipient <paramref name="index"/>.</summary>
    public bool Unconfirmed(int index) => Phase == TransactionPhase.Dot && Recipients[index] is { IsPositive: true };

    /// <summary>The reply that decides recipient <paramref name="index"/>: its own refusal, else the sender's, else that to the data.</summary>
    public SmtpReply? Deciding(int index) =>
        SenderReply is { IsPositive: false } ? SenderReply
        : Recipients[index] is { IsPositive: false } own ? own
        : DataReply;
}
