using System.Net;
using DnsClient;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Dns;

/// <summary>Asks the servers one question: the adapter of DnsClient.</summary>
internal sealed class DnsExchange : IDisposable
{
    private const int EdnsBytes = 1232;

    // The library keeps connections for 5 seconds and does not see that a server has closed one: each such one costs a try.
    private const int ClosedConnections = 10;
    private readonly SemaphoreSlim connections;
    private readonly LookupClient client;
    private readonly bool believesAd;

    /// <summary>Makes the one client of the process.</summary>
    /// <exception cref="InvalidOperationException">There is no server: name one in <c>Dns:Servers</c>.</exception>
    public DnsExchange(IOptions<DnsOptions> options)
    {
        var servers = Servers(options.Value);
        client = new LookupClient(
            new LookupClientOptions([.. servers])
            {
                // One client which always asks for DNSSEC: AD is set only then, and a mixed cache would lose it.
                RequestDnsSecRecords = true,
                UseCache = false,
                UseTcpOnly = options.Value.UseTcp,
                ExtendedDnsBufferSize = EdnsBytes,
                Timeout = options.Value.Timeout,
                Retries = options.Value.Retries,
                // A SERVFAIL is how bogus data shows: the next server must not paper over it.
                ContinueOnDnsError = false,
                ContinueOnEmptyResponse = false,
                ThrowDnsErrors = false,
                UseRandomNameServer = false,
            }
        );
        believesAd = BelievesAd(options.Value, servers);
        connections = new SemaphoreSlim(options.Value.Connections);
    }

    /// <summary>The reply, failures included.</summary>
    /// <exception cref="OperationCanceledException">The token ended.</exception>
    public async Task<DnsReply> AskAsync(DnsName name, QueryType type, CancellationToken cancellation)
    {
        await connections.WaitAsync(cancellation);
        try
        {
            for (var closed = 0; closed < ClosedConnections; closed++)
            {
                if (await TryAskAsync(name, type, cancellation) is { } reply)
                {
                    return reply;
                }
            }

            return DnsReply.Failed(name, DnsFailures.Timeout);
        }
        finally
        {
            connections.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => connections.Dispose();

    /// <summary>The AD bit is a resolver's word: it counts where the operator says that it validates, and nobody between can forge it.</summary>
    internal static bool BelievesAd(DnsOptions options, IReadOnlyList<IPEndPoint> servers) =>
        options.Validating && (options.UseTcp || servers.All(server => IPAddress.IsLoopback(server.Address)));

    // Null where the connection was closed by the server before it answered.
    private async Task<DnsReply?> TryAskAsync(DnsName name, QueryType type, CancellationToken cancellation)
    {
        try
        {
            var response = await client.QueryAsync(name.Value + ".", type, QueryClass.IN, cancellation);
            return DnsReply.Read(name, type, response, believesAd && response.Header.IsAuthenticData);
        }
        catch (Exception fault) when (IsDnsFault(fault))
        {
            // The library throws the same for a time-out, a closed connection and a cancellation.
            cancellation.ThrowIfCancellationRequested();
            return fault switch
            {
                DnsResponseException { InnerException: TimeoutException or IOException } => null,
                DnsResponseException { Code: DnsResponseCode.ConnectionTimeout } => DnsReply.Failed(
                    name,
                    DnsFailures.Timeout
                ),
                _ => DnsReply.Failed(name, DnsFailures.Malformed),
            };
        }
    }

    // What LookupClient throws on hostile or broken bytes, read in its source and seen in tests.
    private static bool IsDnsFault(Exception fault) =>
        fault
            is DnsResponseException
                or DnsResponseParseException
                or ArgumentException
                or InvalidOperationException
                or OperationCanceledException
        || fault.GetType().Assembly == typeof(LookupClient).Assembly;

    private static IReadOnlyList<IPEndPoint> Servers(DnsOptions options)
    {
        var servers = options.EndPoints();
        if (servers.Count > 0)
        {
            return servers;
        }

        var system = NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false);
        IPEndPoint[] found = [.. system.Select(server => IPEndPoint.Parse(server.ToString()))];
        return found.Length > 0
            ? found
            : throw new InvalidOperationException("The system names no DNS server: set Dns:Servers.");
    }
}
