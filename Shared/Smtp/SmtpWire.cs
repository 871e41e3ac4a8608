namespace TlsOrLink.Smtp;

/// <summary>The connection failed under a command.</summary>
/// <param name="reason">Slug of <see cref="SmtpReasons"/>.</param>
/// <param name="cause">What the stream threw.</param>
internal sealed class WireFault(string reason, Exception cause) : IOException(reason, cause)
{
    /// <summary>Slug of <see cref="SmtpReasons"/>.</summary>
    public string Reason => Message;
}

/// <summary>Commands out, replies in, each within a limit for the whole of it; every failure is a <see cref="WireFault"/>.</summary>
/// <param name="stream">The TLS stream, or <paramref name="peer"/> itself in the clear.</param>
/// <param name="peer">The socket's stream.</param>
/// <param name="clock">For the limits.</param>
internal sealed class SmtpWire(Stream stream, PeerStream peer, TimeProvider clock)
{
    private static readonly TimeSpan NoLimit = Timeout.InfiniteTimeSpan;
    private readonly ReplyReader _reader = new(stream);

    /// <summary>From now on the peer may send so many bytes.</summary>
    public void Allow(long bytes) => peer.Allow(bytes);

    /// <summary>Writes all bytes.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit, CancellationToken cancellation) =>
        WithinAsync(
            async token =>
            {
                await stream.WriteAsync(bytes, token);
                await stream.FlushAsync(token);
                return true;
            },
            limit,
            cancellation
        );

    /// <summary>EHLO, with the lines of the reply. No fall back to HELO, which would offer nothing.</summary>
    public async Task<(SmtpReply Reply, IReadOnlyList<string> Lines)> EhloAsync(
        string name,
        CancellationToken cancellation
    )
    {
        await SendAsync(System.Text.Encoding.ASCII.GetBytes($"EHLO {name}\r\n"), NoLimit, cancellation);
        return await WithinAsync(_reader.ReadLinesAsync, NoLimit, cancellation);
    }

    /// <summary>Reads one reply.</summary>
    public Task<SmtpReply> ReadReplyAsync(TimeSpan limit, CancellationToken cancellation) =>
        WithinAsync(_reader.ReadAsync, limit, cancellation);

    private async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> act,
        TimeSpan limit,
        CancellationToken cancellation
    )
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await act(both.Token);
        }
        catch (OperationCanceledException error)
        {
            throw new WireFault(
                cancellation.IsCancellationRequested ? SmtpReasons.Cancelled : SmtpReasons.Timeout,
                error
            );
        }
        catch (NotSmtpException error)
        {
            throw new WireFault(SmtpReasons.NotSmtp, error);
        }
        catch (PeerFloodException error)
        {
            throw new WireFault(SmtpReasons.Flood, error);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            throw new WireFault(SmtpReasons.Dropped, error);
        }
    }
}
