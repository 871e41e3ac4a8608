using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace TlsOrLink.Benchmarks.World;

/// <summary>
/// Makes a server on loopback as far away as a round trip says, for TCP and UDP on one port. Over TCP a connection takes the round
/// trip and a half that its handshake takes before the server sees it, and each piece half a one.
/// </summary>
internal sealed class DelayingRelay : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationToken _ended;
    private readonly IPEndPoint _server;
    private readonly TimeSpan _half;
    private readonly Socket _tcp;
    private readonly UdpClient _udp;

    /// <param name="place">Where clients come to.</param>
    /// <param name="server">Where it leads to.</param>
    /// <param name="roundTrip">There and back.</param>
    public DelayingRelay(IPEndPoint place, IPEndPoint server, TimeSpan roundTrip)
    {
        (_server, _half, _ended) = (server, roundTrip / 2, _source.Token);
        _tcp = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _tcp.Bind(place);
        _tcp.Listen(1024);
        _udp = new UdpClient(place);
        _ = AcceptAsync();
        _ = ReceiveAsync();
    }

    public void Dispose()
    {
        _source.Cancel();
        _tcp.Dispose();
        _udp.Dispose();
        _source.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (; ; )
            {
                _ = ConnectAsync(await _tcp.AcceptAsync(_ended));
            }
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            return;
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        using var server = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            client.NoDelay = true;
            await Task.Delay(3 * _half, _ended);
            await server.ConnectAsync(_server, _ended);
            await Task.WhenAll(PassOnAsync(client, server), PassOnAsync(server, client));
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            return;
        }
        finally
        {
            client.Dispose();
        }
    }

    /// <summary>Reads at once and writes later, so that what is on its way does not hold up what follows.</summary>
    private async Task PassOnAsync(Socket from, Socket to)
    {
        var way = Channel.CreateUnbounded<(byte[] Piece, long At)>();
        var arriving = ArriveAsync(way.Reader, to);
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _ended) is > 0 and var read)
            {
                way.Writer.TryWrite((buffer[..read], Environment.TickCount64));
            }
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            // The other side learns it from the end of the channel.
        }

        way.Writer.Complete();
        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(byte[] Piece, long At)> way, Socket to)
    {
        await foreach (var (piece, at) in way.ReadAllAsync(_ended))
        {
            await WaitAsync(at);
            await to.SendAsync(piece, _ended);
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private async Task ReceiveAsync()
    {
        try
        {
            for (; ; )
            {
                _ = AnswerAsync(await _udp.ReceiveAsync(_ended));
            }
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            return;
        }
    }

    private async Task AnswerAsync(UdpReceiveResult question)
    {
        using var back = new UdpClient(_server.AddressFamily);
        try
        {
            await Task.Delay(_half, _ended);
            await back.SendAsync(question.Buffer, _server, _ended);
            var answer = await back.ReceiveAsync(_ended);
            await Task.Delay(_half, _ended);
            await _udp.SendAsync(answer.Buffer, question.RemoteEndPoint, _ended);
        }
        catch (Exception e) when (IsTheEnd(e))
        {
            return;
        }
    }

    private async Task WaitAsync(long since)
    {
        var left = since + (long)_half.TotalMilliseconds - Environment.TickCount64;
        if (left > 0)
        {
            await Task.Delay((int)left, _ended);
        }
    }

    private static bool IsTheEnd(Exception e) =>
        e is OperationCanceledException or ObjectDisposedException or SocketException;
}
