using System.Net.Sockets;
using System.Text;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>A request to send a message of which the header alone comes.</summary>
internal static class HalfRequest
{
    /// <summary>The answer to a request whose body does not come.</summary>
    public static async Task<string> SendAsync(ApiWorld world, string headers)
    {
        var address = world.App.Client.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/messages HTTP/1.1\r\nHost: {address.Authority}\r\nx-functions-key: {world.Key}\r\n{headers}\r\nConnection: close\r\n\r\n"
            )
        );
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        while (
            !answer.ToString().Contains('}', StringComparison.Ordinal)
            && await stream.ReadAsync(buffer, patience.Token) is > 0 and var read
        )
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
