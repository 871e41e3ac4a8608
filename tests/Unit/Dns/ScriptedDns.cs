using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DnsClient;

namespace TlsOrLink.Tests.Unit.Dns;

/// <summary>A DNS server on loopback TCP which says what a test scripts, and counts what it is asked.</summary>
internal sealed class ScriptedDns : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;

    public ScriptedDns()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public Dictionary<(string Name, QueryType Type), WireReply> Replies { get; } = [];
    public List<string> Asked { get; } = [];
    public byte[] LastQuery { get; private set; } = [];

    /// <summary>Closes each connection after one answer, as a server does with idle ones.</summary>
    public bool Closes { get; set; }

    public string Server => listener.LocalEndpoint.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await serving;
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        // The listener, ended between two accepts, says the last of these; a disposed one is of its kind.
        catch (Exception fault)
            when (fault is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var owned = client;
        var stream = client.GetStream();
        var length = new byte[2];
        try
        {
            while (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false, ending.Token) == 2)
            {
                var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(query, ending.Token);
                if (Answer(query) is { } reply)
                {
                    await stream.WriteAsync(
                        new byte[] { (byte)(reply.Length >> 8), (byte)reply.Length }
                            .Concat(reply)
                            .ToArray(),
                        ending.Token
                    );
                }

                if (Closes)
                {
                    return;
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // The test has ended, or the client gave up.
        }
    }

    private byte[]? Answer(byte[] query)
    {
        var labels = new List<string>();
        var at = 12;
        for (; query[at] != 0; at += query[at] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
        }

        var (name, type) = (
            string.Join('.', labels),
            (QueryType)BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at + 1))
        );
        lock (Asked)
        {
            LastQuery = query;
            Asked.Add($"{type} {name}");
        }

        var reply = Replies.GetValueOrDefault((name, type)) ?? new WireReply { Code = 3 };
        return reply.Silent ? null : reply.ToBytes(query, name, type);
    }
}
