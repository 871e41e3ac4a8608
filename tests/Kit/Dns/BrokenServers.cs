using System.Net;
using System.Net.Sockets;

namespace TlsOrLink.Tests.Kit.Dns;

/// <summary>The authoritative servers of broken zones: one answers SERVFAIL, one does not answer at all.</summary>
internal sealed class BrokenServers : IDisposable
{
    private readonly UdpClient _failing = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _silent = new(new IPEndPoint(IPAddress.Loopback, 0));

    public BrokenServers() => _ = FailAsync();

    public int FailingPort => ((IPEndPoint)_failing.Client.LocalEndPoint!).Port;

    public int SilentPort => ((IPEndPoint)_silent.Client.LocalEndPoint!).Port;

    public void Dispose()
    {
        _failing.Dispose();
        _silent.Dispose();
    }

    private async Task FailAsync()
    {
        try
        {
            for (; ; )
            {
                var question = await _failing.ReceiveAsync();
                var answer = question.Buffer;
                (answer[2], answer[3]) = ((byte)(answer[2] | 0x80), 2);
                await _failing.SendAsync(answer, question.RemoteEndPoint);
            }
        }
        catch (ObjectDisposedException)
        {
            // The world ends.
        }
        catch (SocketException)
        {
            // The same, in the middle of a wait.
        }
    }
}
