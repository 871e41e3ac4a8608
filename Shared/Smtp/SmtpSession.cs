using System.Net;

namespace TlsOrLink.Smtp;

/// <inheritdoc cref="ISmtpSession"/>
internal sealed class SmtpSession(SmtpLine line, SmtpOptions options) : ISmtpSession
{
    private readonly SmtpWire _wire = line.NewWire();
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private bool _broken;
    private bool _disposed;

    /// <inheritdoc/>
    public string Host => line.Target.Host;

    /// <inheritdoc/>
    public IPAddress Address => line.Address;

    /// <inheritdoc/>
    public TlsFacts? Tls { get; } = TlsFactsOf(line.Client);

    /// <inheritdoc/>
    public SmtpFeatures Features { get; } = line.Client.Features;

    /// <inheritdoc/>
    public async Task<TransactionResult> TransactAsync(
        SmtpEnvelope envelope,
        Func<CancellationToken, Task<Stream>> content,
        Func<IReadOnlyList<SmtpReply?>, CancellationToken, Task<bool>>? beforeData,
        CancellationToken cancellation
    )
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_broken || envelope.Recipients.Count == 0)
        {
            throw new InvalidOperationException("A transaction needs a reusable session and at least one recipient.");
        }

        _broken = true; // unless the transaction ends in order
        var result = await new SmtpTransaction(_wire, Features, options, envelope, cancellation).RunAsync(
            content,
            beforeData
        );
        _broken = !result.Reusable;
        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            if (!_broken)
            {
                await _wire.SendAsync("QUIT\r\n"u8.ToArray(), Farewell, CancellationToken.None);
            }
        }
        catch (WireFault)
        {
            // the peer went first
        }
        finally
        {
            line.Dispose();
        }
    }

    private static TlsFacts? TlsFactsOf(StartTlsClient client) =>
        client is { Tls: { } tls, Certificate: { } certificate }
            ? new TlsFacts(
                tls.SslProtocol.ToString().Replace("Tls1", "TLSv1.", StringComparison.Ordinal),
                tls.NegotiatedCipherSuite.ToString(),
                certificate,
                client.Chain
            )
            : null;
}
