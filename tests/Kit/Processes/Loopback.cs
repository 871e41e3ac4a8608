using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TlsOrLink.Tests.Kit.Processes;

/// <summary>
/// A /24 of 127.0.0.0/8 and a port that no other world uses, in this process or another: mail servers of one world
/// share the port and differ by address, as on the Internet.
/// </summary>
public sealed class Loopback : IDisposable
{
    private const int ReservationPort = 9;
    private static readonly ConcurrentDictionary<int, bool> GivenOut = new();

    private readonly Socket _reservation;
    private int _last = 1;

    public Loopback()
    {
        for (; ; )
        {
            (Second, Third) = (Random.Shared.Next(1, 255), Random.Shared.Next(0, 256));
            if (TryListen(new IPEndPoint(At(255), ReservationPort)) is { } reservation)
            {
                _reservation = reservation;
                break;
            }
        }

        Port = FreePort(At(1));
    }

    private int Second { get; }

    private int Third { get; }

    /// <summary>The port that the world's mail servers listen on (<c>Smtp__Port</c>).</summary>
    public int Port { get; }

    /// <summary>An address of the world that was not given out before; at most 250 of them.</summary>
    public IPAddress NextAddress() =>
        Interlocked.Increment(ref _last) is var next and < 255
            ? At(next)
            : throw new InvalidOperationException("A world has 250 addresses; share servers between domains.");

    /// <summary>
    /// A port below the ephemeral range on which nothing listens at the address. Each is given out once: whoever has it may begin to listen late,
    /// or stop and begin again.
    /// </summary>
    public static int FreePort(IPAddress? address = null)
    {
        for (; ; )
        {
            var port = Random.Shared.Next(11000, 32000);
            using var socket = TryListen(new IPEndPoint(address ?? IPAddress.Loopback, port));
            if (socket is not null && GivenOut.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    public void Dispose() => _reservation.Dispose();

    private IPAddress At(int last) =>
        IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.{Second}.{Third}.{last}"));

    private static Socket? TryListen(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
