using System.Net;

namespace TlsOrLink.Smtp;

/// <summary>What the TLS of one connection showed.</summary>
/// <param name="Version"><c>TLSv1.3</c> or <c>TLSv1.2</c>.</param>
/// <param name="CipherSuite">IANA name.</param>
/// <param name="Certificate">The leaf with its errors against the configured trust.</param>
/// <param name="Chain">Certificates as presented, leaf first, DER: for DANE.</param>
internal sealed record TlsFacts(
    string Version,
    string CipherSuite,
    CertificateEvidence Certificate,
    IReadOnlyList<byte[]> Chain
);

/// <summary>What the host offers in its last EHLO reply: over TLS where there is TLS, nothing from before it.</summary>
/// <param name="RequireTls">REQUIRETLS (RFC 8689), over TLS only.</param>
/// <param name="SmtpUtf8">SMTPUTF8 (RFC 6531).</param>
/// <param name="EightBitMime">8BITMIME (RFC 6152).</param>
/// <param name="Pipelining">PIPELINING (RFC 2920).</param>
/// <param name="Size">SIZE is understood (RFC 1870).</param>
/// <param name="MaxBytes">The stated limit; null where there is none.</param>
internal sealed record SmtpFeatures(
    bool RequireTls,
    bool SmtpUtf8,
    bool EightBitMime,
    bool Pipelining,
    bool Size,
    long? MaxBytes
)
{
    /// <summary>DSN (RFC 3461).</summary>
    public bool Dsn { get; init; }

    /// <summary>SASL mechanisms of AUTH (RFC 4954), upper case with spaces between; empty without AUTH or in the clear.</summary>
    public string Auth { get; init; } = "";
}

/// <summary>A connected server. Disposing says QUIT and gives the place at its address back.</summary>
internal interface ISmtpSession : IMailSession
{
    /// <summary>The host name that was dialled.</summary>
    string Host { get; }

    /// <summary>The very address.</summary>
    IPAddress Address { get; }

    /// <summary>Evidence of this very connection; null in the clear.</summary>
    TlsFacts? Tls { get; }

    /// <summary>Says who we are, by PLAIN or LOGIN (RFC 4954, RFC 4616). Judge the certificate first: the peer learns the secret.</summary>
    /// <param name="user">Name.</param>
    /// <param name="secret">Password or key.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The last reply; null where neither mechanism is offered or the connection broke.</returns>
    /// <exception cref="InvalidOperationException">The connection is in the clear: a secret never is.</exception>
    Task<SmtpReply?> AuthenticateAsync(string user, string secret, CancellationToken cancellation);
}

/// <summary>A way to a server that takes mail.</summary>
internal interface IMailSession : IAsyncDisposable
{
    /// <summary>What may be asked for.</summary>
    SmtpFeatures Features { get; }

    /// <summary>
    /// One transaction: MAIL FROM, RCPT TO, DATA. The content goes out byte for byte, save that dots are stuffed, bare CR and LF become CRLF
    /// and a missing last CRLF is added. Where no recipient is taken, or the answer leaves the server waiting, RSET follows.
    /// </summary>
    /// <param name="envelope">Sender, recipients, what is asked for.</param>
    /// <param name="content">Opens the message; called after <paramref name="beforeData"/> and before DATA, disposed here.</param>
    /// <param name="beforeData">
    /// Called with the recipients' replies when at least one is positive and before DATA: the place for the ledger's claim. False ends the
    /// transaction in <see cref="TransactionPhase.Envelope"/> with RSET. Null: always goes on.
    /// </param>
    /// <param name="cancellation">Breaks off; the result says how far it came.</param>
    /// <returns>Never throws for what the peer does. What <paramref name="content"/> or <paramref name="beforeData"/> throws comes through, the connection closed.</returns>
    Task<TransactionResult> TransactAsync(
        SmtpEnvelope envelope,
        Func<CancellationToken, Task<Stream>> content,
        Func<IReadOnlyList<SmtpReply?>, CancellationToken, Task<bool>>? beforeData,
        CancellationToken cancellation
    );
}
