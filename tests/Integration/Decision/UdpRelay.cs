using System.Net;
using System.Net.Sockets;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>Puts a DNS server at port 53 of an address of its own, for programs that know no other port.</summary>
internal sealed class UdpRelay : IDisposable
{
    private readonly UdpClient _front;
    private readonly IPEndPoint _server;

    public UdpRelay(IPAddress address, IPEndPoint server)
    {
        (_front, _server) = (new UdpClient(new IPEndPoint(address, 53)), server);
        _ = RunAsync();
    }

    public void Dispose() => _front.Dispose();

    private async Task RunAsync()
    {
        try
        {
            for (; ; )
            {
                _ = PassOnAsync(await _front.ReceiveAsync());
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task PassOnAsync(UdpReceiveResult question)
    {
        using var back = new UdpClient(_server.AddressFamily);
        using var gaveUp = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await back.SendAsync(question.Buffer, _server, gaveUp.Token);
            var answer = await back.ReceiveAsync(gaveUp.Token);
            await _front.SendAsync(answer.Buffer, question.RemoteEndPoint, gaveUp.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Who asked asks again, or the test is over.
        }
    }
}
