using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>A message whose final dot came in.</summary>
/// <param name="Content">What came after DATA, dots unstuffed, without the final dot.</param>
/// <param name="OverTls">Whether it came under TLS.</param>
public sealed record ScriptedMessage(
    string Sender,
    IReadOnlyList<string> Recipients,
    byte[] Content,
    bool OverTls,
    DateTimeOffset At
)
{
    /// <summary>The final dot was answered, whether or not the client was there to hear it.</summary>
    public bool IsAnswered { get; internal set; }

    /// <summary>The content as Latin-1, one character per byte.</summary>
    public string Text => Encoding.Latin1.GetString(Content);
}

/// <summary>One connection to a <see cref="ScriptedSmtp"/>.</summary>
public sealed class ScriptedConnection
{
    private readonly ScriptedSmtp _server;
    private readonly SmtpScript _script;
    private readonly ServerCertificate _good;
    private readonly Recording _clear = new();
    private readonly Recording _underTls = new();
    private readonly List<ScriptedMessage> _messages = [];

    internal ScriptedConnection(int number, ScriptedSmtp server, SmtpScript script, ServerCertificate good) =>
        (Number, _server, _script, _good) = (number, server, script, good);

    /// <summary>Counts from 1.</summary>
    public int Number { get; }

    /// <summary>What the client sent in clear text, one character per byte.</summary>
    public string Clear => _clear.Text;

    /// <summary>What the client sent under TLS, decrypted, one character per byte.</summary>
    public string UnderTls => _underTls.Text;

    /// <summary>Completes when the connection is over, whoever ended it.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    internal IReadOnlyList<ScriptedMessage> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    internal void Run(Socket socket, CancellationToken ends) => Ended = RunAsync(socket, ends);

    private async Task RunAsync(Socket socket, CancellationToken ends)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(ends);
            var clear = new SmtpDialogue(_server, _script, stream, _clear, underTls: false, Keep);
            if (await clear.GreetAsync(gone.Token) && await clear.ServeAsync(gone.Token))
            {
                await SecureAsync(stream, gone.Token);
            }
        }
        catch (Exception e)
            when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // The client hung up, refused our certificate, or the test is over: what came until then is recorded.
        }
    }

    private async Task SecureAsync(Stream stream, CancellationToken gone)
    {
        if (_script.DropsInHandshake)
        {
            return;
        }

        var shown = _script.Certificate ?? _good;
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(
                    shown.Certificate,
                    [.. shown.Chain],
                    offline: true
                ),
            },
            gone
        );
        await new SmtpDialogue(_server, _script, tls, _underTls, underTls: true, Keep).ServeAsync(gone);
    }

    private void Keep(ScriptedMessage message)
    {
        lock (_messages)
        {
            _messages.Add(message);
        }
    }
}
