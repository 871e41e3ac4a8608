using MailKit.Net.Smtp;
using MailKit.Security;

namespace TlsOrLink.Smtp;

/// <summary>
/// MailKit's client for what is said in the clear: greeting, EHLO, STARTTLS. It is left there: over TLS it would fall back to HELO and keep what
/// was offered in the clear, and it would rewrite the message.
/// </summary>
internal sealed class ClearClient : SmtpClient
{
#pragma warning disable CA2000 // MailKit disposes its logger
    public ClearClient(string ehloName)
        : base(new Conversation()) => LocalDomain = ehloName;
#pragma warning restore CA2000

    /// <summary>Commands and codes so far.</summary>
    public Conversation Conversation => (Conversation)ProtocolLogger;

    /// <summary>The server offers STARTTLS.</summary>
    public bool OffersStartTls => Capabilities.HasFlag(SmtpCapabilities.StartTLS);

    /// <summary>What is offered in the clear.</summary>
    public SmtpFeatures Features =>
        new(
            RequireTls: false,
            Capabilities.HasFlag(SmtpCapabilities.UTF8),
            Capabilities.HasFlag(SmtpCapabilities.EightBitMime),
            Capabilities.HasFlag(SmtpCapabilities.Pipelining),
            Capabilities.HasFlag(SmtpCapabilities.Size),
            MaxSize == 0 ? null : MaxSize
        )
        {
            Dsn = Capabilities.HasFlag(SmtpCapabilities.Dsn),
        };

    /// <summary>Greeting and EHLO.</summary>
    public Task GreetAsync(PeerStream peer, string host, int port, CancellationToken cancellation) =>
        ConnectAsync(peer, host, port, SecureSocketOptions.None, cancellation);

    /// <summary>Asks for TLS and gives the code of the reply.</summary>
    public async Task<int> AskStartTlsAsync(CancellationToken cancellation) =>
        (int)(await SendCommandAsync("STARTTLS", cancellation)).StatusCode;
}
