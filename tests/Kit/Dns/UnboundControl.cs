using System.Net.Sockets;
using System.Text;

namespace TlsOrLink.Tests.Kit.Dns;

/// <summary>unbound's control socket; its protocol is one line each way.</summary>
internal sealed class UnboundControl(string path)
{
    public async Task SendAsync(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"UBCT1 {command}\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync();
        if (!answer.StartsWith("ok", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"unbound refused '{command}': {answer}");
        }
    }
}
