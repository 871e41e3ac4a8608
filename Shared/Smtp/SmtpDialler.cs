using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using TlsOrLink.Dns;

namespace TlsOrLink.Smtp;

/// <summary>A connected socket with its place at the address, or why there is none.</summary>
internal sealed record DialResult(Socket? Socket, IPAddress? Address, IDisposable? Place, string? Failure)
{
    /// <summary>No socket came about.</summary>
    public static DialResult Failed(string reason, IPAddress? address) => new(null, address, null, reason);
}

/// <summary>
/// Opens sockets to addresses, each asked of the guard in the moment it is dialled. Addresses are raced: the next starts when the
/// one before failed or 250 ms have passed (RFC 8305 section 5).
/// </summary>
internal sealed class SmtpDialler(
    IOptions<SmtpOptions> options,
    AddressGuard guard,
    AddressLimits limits,
    TimeProvider clock
)
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <summary>The first socket that connects.</summary>
    /// <param name="addresses">In the order of preference.</param>
    /// <param name="deadline">Ends the race.</param>
    /// <param name="target">What is special about the host; null for an MX host.</param>
    public async Task<DialResult> DialAsync(
        IReadOnlyList<IPAddress> addresses,
        CancellationToken deadline,
        SmtpTarget? target = null
    )
    {
        if (addresses is [var only])
        {
            return await DialOneAsync(only, target, deadline);
        }

        using var race = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var running = new List<Task<DialResult>>();
        var last = DialResult.Failed(SmtpReasons.NoAddress, null);
        var next = 0;
        while (next < addresses.Count || running.Count > 0)
        {
            if (next < addresses.Count)
            {
                running.Add(DialOneAsync(addresses[next++], target, race.Token));
            }

            await FirstAsync(running, next < addresses.Count);
            if (running.Find(dial => dial.IsCompleted) is not { } done)
            {
                continue;
            }

            running.Remove(done);
            last = await done;
            if (last.Socket is not null)
            {
                await race.CancelAsync();
                Release(running);
                return last;
            }
        }

        return last;
    }

    private async Task FirstAsync(List<Task<DialResult>> running, bool more)
    {
        using var stop = new CancellationTokenSource();
        await Task.WhenAny([.. running, Task.Delay(more ? HeadStart : Timeout.InfiniteTimeSpan, clock, stop.Token)]);
        await stop.CancelAsync();
    }

    private async Task<DialResult> DialOneAsync(IPAddress address, SmtpTarget? target, CancellationToken cancellation)
    {
        if (target is not { IsOurs: true } && !guard.Allows(address))
        {
            return DialResult.Failed(SmtpReasons.AddressRefused, address);
        }

        IDisposable? place = null;
        Socket? socket = null;
        try
        {
            place = await limits.EnterAsync(address, cancellation);
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, target?.Port ?? options.Value.Port), cancellation);
            var result = new DialResult(socket, address, place, null);
            (socket, place) = (null, null);
            return result;
        }
        catch (OperationCanceledException)
        {
            // Waiting for a place of our own says nothing of the host.
            return DialResult.Failed(place is null && socket is null ? SmtpReasons.Busy : SmtpReasons.Timeout, address);
        }
        catch (SocketException refused)
        {
            return DialResult.Failed(ReasonOf(refused.SocketErrorCode, address), address);
        }
        finally
        {
            socket?.Dispose();
            place?.Dispose();
        }
    }

    private string ReasonOf(SocketError error, IPAddress address)
    {
        if (error == SocketError.ConnectionRefused)
        {
            limits.SlowDown(address);
            return SmtpReasons.ConnectionRefused;
        }

        return error == SocketError.TimedOut ? SmtpReasons.Timeout : SmtpReasons.NoRoute;
    }

    private static void Release(List<Task<DialResult>> losers)
    {
        foreach (var loser in losers)
        {
            _ = loser.ContinueWith(
                static late =>
                {
                    late.Result.Socket?.Dispose();
                    late.Result.Place?.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }
    }
}
