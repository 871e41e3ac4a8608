using System.Net;

namespace TlsOrLink.Smtp;

/// <inheritdoc cref="ISmtpSession"/>
internal sealed class SmtpSession(
    SmtpLine line,
    SmtpWire wire,
    SmtpFeatures features,
    SmtpOptions options,
    Action tooMuch
) : ISmtpSession
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private bool _broken;
    private bool _disposed;

    /// <inheritdoc/>
    public string Host => line.Target.Host;

    /// <inheritdoc/>
    public IPAddress Address => line.Address;

    /// <inheritdoc/>
    public TlsFacts? Tls { get; } = line.Tls.Facts;

    /// <inheritdoc/>
    public SmtpFeatures Features => features;

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
        var result = await new SmtpTransaction(wire, Features, options, envelope, cancellation).RunAsync(
            content,
            beforeData
        );
        _broken = !result.Reusable;
        if (result.IsClosing)
        {
            tooMuch();
        }

        return result;
    }

    /// <inheritdoc/>
    public async Task<SmtpReply?> AuthenticateAsync(string user, string secret, CancellationToken cancellation)
    {
        if (Tls is null)
        {
            throw new InvalidOperationException("A secret is never sent in the clear.");
        }

        _broken = true; // unless it ends in order
        var reply = await new SmtpLogin(wire, options.ReplyDeadline).RunAsync(
            features.Auth,
            user,
            secret,
            cancellation
        );
        _broken = reply is null;
        return reply;
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
                await wire.SendAsync("QUIT\r\n"u8.ToArray(), Farewell, CancellationToken.None);
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
}
