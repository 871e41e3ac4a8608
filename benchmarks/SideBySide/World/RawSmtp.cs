using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TlsOrLink.Benchmarks.World;

/// <summary>The least that speaks SMTP over STARTTLS: the peer that the product's client is held against.</summary>
internal sealed class RawSmtp : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly Socket _socket;
    private Stream _stream;

    private RawSmtp(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Connects, starts TLS with a full handshake and says EHLO again.</summary>
    /// <param name="trust">Makes what the certificate is checked against.</param>
    public static async Task<RawSmtp> SecureAsync(IPEndPoint server, string host, Func<X509ChainPolicy> trust)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        var smtp = new RawSmtp(socket);
        await smtp.ExpectAsync('2');
        await smtp.SayAsync("EHLO client.example\r\n", '2');
        await smtp.SayAsync("STARTTLS\r\n", '2');
        var tls = new SslStream(smtp._stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                AllowTlsResume = false,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = trust(),
            }
        );
        smtp._stream = tls;
        await smtp.SayAsync("EHLO client.example\r\n", '2');
        return smtp;
    }

    /// <summary>One transaction; <paramref name="beforeData"/> runs between RCPT and DATA.</summary>
    public async Task SendAsync(string sender, string recipient, Func<Task> beforeData, byte[] content)
    {
        await SayAsync($"MAIL FROM:<{sender}>\r\n", '2');
        await SayAsync($"RCPT TO:<{recipient}>\r\n", '2');
        await beforeData();
        await SayAsync("DATA\r\n", '3');
        await _stream.WriteAsync(content);
        await SayAsync("\r\n.\r\n", '2');
    }

    public Task QuitAsync() => SayAsync("QUIT\r\n", '2');

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task SayAsync(string command, char expected)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(command));
        await ExpectAsync(expected);
    }

    /// <summary>Reads to the end of a reply: a line whose code is followed by a space (RFC 5321 section 4.2.1).</summary>
    private async Task ExpectAsync(char expected)
    {
        for (var length = 0; ; )
        {
            var read = await _stream.ReadAsync(_buffer.AsMemory(length));
            length += read;
            var text = Encoding.ASCII.GetString(_buffer, 0, length);
            if (read == 0 || (text.EndsWith("\r\n", StringComparison.Ordinal) && LastLine(text)[3] == ' '))
            {
                if (read == 0 || text[0] != expected)
                {
                    throw new InvalidOperationException($"Expected {expected}xx, the server said: {text}");
                }

                return;
            }
        }
    }

    private static string LastLine(string text) => text[(text.LastIndexOf('\n', text.Length - 3) + 1)..];
}
