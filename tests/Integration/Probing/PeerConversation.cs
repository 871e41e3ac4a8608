using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>One conversation as the server sees it.</summary>
internal sealed class PeerConversation(Stream network, CancellationToken stop) : IAsyncDisposable
{
    private Stream _stream = network;

    public CancellationToken Stop => stop;

    public Stream Stream => _stream;

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop);

    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await _stream.ReadAsync(one, stop) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new IOException("closed");
    }

    /// <summary>Waits for bytes of the client; not where <paramref name="wanted"/> is false.</summary>
    public async Task ReadSomeAsync(bool wanted = true)
    {
        if (wanted && await _stream.ReadAsync(new byte[4096], stop) == 0)
        {
            throw new IOException("closed");
        }
    }

    public async Task GreetAsync(params string[] ehlo)
    {
        await SendAsync("220 peer.example ESMTP\r\n");
        await ReadLineAsync();
        await SendAsync("250-peer.example\r\n" + string.Join("\r\n", ehlo) + "\r\n");
    }

    /// <summary>Takes the STARTTLS command and the handshake.</summary>
    public async Task StartTlsAsync(
        ServerCertificate certificate,
        SslProtocols protocols = SslProtocols.None,
        string reply = "220 go ahead\r\n"
    )
    {
        await ReadLineAsync();
        await SendAsync(reply);
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(
                    certificate.Certificate,
                    [.. certificate.Chain],
                    offline: true
                ),
                EnabledSslProtocols = protocols,
            },
            stop
        );
        _stream = tls;
    }

    /// <summary>EHLO with what is offered, then mail until QUIT; gives the messages as they came, dots and all.</summary>
    public async Task<IReadOnlyList<string>> ServeAsync(params string[] offers)
    {
        var messages = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync();
            var verb = line.Split(' ')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    var all = offers.Prepend("peer.example").ToArray();
                    await SendAsync(string.Concat(all[..^1].Select(o => $"250-{o}\r\n")) + $"250 {all[^1]}\r\n");
                    break;
                case "DATA":
                    await SendAsync("354 go\r\n");
                    messages.Add(await ReadDataAsync());
                    await SendAsync("250 2.0.0 taken\r\n");
                    break;
                case "QUIT":
                    await SendAsync("221 bye\r\n");
                    return messages;
                default:
                    await SendAsync("250 2.1.0 fine\r\n");
                    break;
            }
        }
    }

    /// <summary>Everything up to the final dot.</summary>
    public async Task<string> ReadDataAsync()
    {
        var data = new StringBuilder();
        while (true)
        {
            var line = await ReadLineAsync();
            if (line == ".")
            {
                return data.ToString();
            }

            data.Append(line).Append("\r\n");
        }
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();
}
