using System.Net;
using System.Net.Sockets;

namespace TlsOrLink.Dns;

/// <summary>Dials one address, which <see cref="AddressGuard"/> has allowed.</summary>
internal static class Dial
{
    /// <summary>A TCP connection without delay; its stream owns the socket.</summary>
    /// <param name="point">The very address that was asked about.</param>
    /// <param name="within">Longest time.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SocketException">Nobody answers there, or not in time (<see cref="SocketError.TimedOut"/>).</exception>
    public static async Task<Stream> ConnectAsync(IPEndPoint point, TimeSpan within, CancellationToken cancellation)
    {
        var socket = new Socket(point.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            await socket.ConnectAsync(point, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
