using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>A mail server that does what its script says, on one loopback address; keeps what clients sent in the clear.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<PeerConversation, Task> _script;
    private readonly TcpListener _listener;
    private readonly Task _accepting;
    private int _connections;

    public ScriptedPeer(Func<PeerConversation, Task> script, IPAddress? address = null, int port = 0)
    {
        _script = script;
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IPAddress Address => ((IPEndPoint)_listener.LocalEndpoint).Address;

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>A server as most are: STARTTLS with the certificate, then every command is answered 250 and mail is kept.</summary>
    public static Func<PeerConversation, Task> Ordinary(ServerCertificate certificate, params string[] offers) =>
        async peer =>
        {
            await peer.GreetAsync("250-STARTTLS", "250 PLAIN-ONLY");
            await peer.StartTlsAsync(certificate);
            await peer.ServeAsync(offers);
        };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = PlayAsync(client);
            }
        }
        catch (Exception ended)
            when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // the test is over
        }
    }

    private async Task PlayAsync(TcpClient client)
    {
        using (client)
        await using (var peer = new PeerConversation(client.GetStream(), _stop.Token))
        {
            try
            {
                await _script(peer);
            }
            catch (Exception gone)
                when (gone
                        is IOException
                            or OperationCanceledException
                            or AuthenticationException
                            or ObjectDisposedException
                )
            {
                // the client went away
            }
        }
    }
}
