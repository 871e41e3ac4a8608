using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>
/// A mail server for what no real one does. It keeps every byte that it received, in clear text and under TLS apart, so
/// that a test reads off the wire what crossed.
/// </summary>
public sealed class ScriptedSmtp : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _ends = new();
    private readonly ConcurrentQueue<ScriptedConnection> _connections = new();
    private readonly ServerCertificate _good;
    private ImmutableList<SmtpStall> _stalls = [];
    private int _accepted;
    private int _disposed;

    private ScriptedSmtp(string hostName, IPEndPoint endPoint, PrivateAuthority authority)
    {
        (HostName, Authority) = (hostName, authority);
        _good = authority.Issue(hostName);
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(endPoint);
        _listener.Listen(512);
        Address = endPoint.Address;
    }

    public string HostName { get; }

    public IPAddress Address { get; }

    /// <summary>The script of each new connection, by its number from 1. May be changed at any time.</summary>
    public Func<int, SmtpScript> Script { get; set; } = _ => new SmtpScript();

    /// <summary>The messages taken, that is whose final dot has come in, in the order of arrival.</summary>
    public IReadOnlyList<ScriptedMessage> Messages => [.. _connections.SelectMany(c => c.Messages).OrderBy(m => m.At)];

    /// <summary>Every connection so far.</summary>
    public IReadOnlyList<ScriptedConnection> Connections => [.. _connections];

    internal PrivateAuthority Authority { get; }

    /// <summary>Starts a server at an address of the world's, on its SMTP port.</summary>
    /// <param name="address">Null for the next free address; <c>::1</c> for a server on IPv6.</param>
    public static ScriptedSmtp Start(
        string hostName,
        PrivateAuthority authority,
        Loopback loopback,
        IPAddress? address = null
    )
    {
        var server = new ScriptedSmtp(
            hostName,
            new IPEndPoint(address ?? loopback.NextAddress(), loopback.Port),
            authority
        );
        _ = server.AcceptAsync();
        return server;
    }

    /// <summary>A domain whose only MX host this is.</summary>
    public Zone ZoneFor(string domain) => new(domain, $"@ MX 10 {HostName}.", Zone.Host($"{HostName}.", Address));

    /// <summary>Holds connections still at the point until released.</summary>
    /// <param name="times">How many connections at most; the others pass.</param>
    public SmtpStall StallAt(SmtpPoint point, int times = 1)
    {
        var stall = new SmtpStall(point, times, s => ImmutableInterlocked.Update(ref _stalls, l => l.Remove(s)));
        ImmutableInterlocked.Update(ref _stalls, list => list.Add(stall));
        return stall;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _ends.CancelAsync();
        _listener.Dispose();
        foreach (var stall in _stalls)
        {
            stall.Dispose();
        }

        await Task.WhenAll(_connections.Select(c => c.Ended));
        _ends.Dispose();
    }

    internal SmtpStall? Take(SmtpPoint point) => _stalls.FirstOrDefault(s => s.Take(point));

    private async Task AcceptAsync()
    {
        try
        {
            for (; ; )
            {
                var socket = await _listener.AcceptAsync(_ends.Token);
                var number = Interlocked.Increment(ref _accepted);
                var connection = new ScriptedConnection(number, this, Script(number), _good);
                _connections.Enqueue(connection);
                connection.Run(socket, _ends.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The server ends.
        }
    }
}
