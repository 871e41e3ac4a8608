using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Kit.MtaSts;

/// <summary>How a <see cref="PolicyServer"/> answers for one domain; the default is a good answer.</summary>
public sealed record PolicyAnswer(string Body)
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public string ContentType { get; init; } = "text/plain";

    /// <summary>Sent as <c>Location</c>; with a status of 3xx a redirect.</summary>
    public string? Location { get; init; }

    /// <summary>Waits so long between any two bytes of the body.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Follows the body with so many line ends more.</summary>
    public int PaddingBytes { get; init; }

    /// <summary>What it shows; null for a good one for <c>mta-sts.DOMAIN</c>.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>A policy of RFC 8461.</summary>
    public static PolicyAnswer Policy(string mode, TimeSpan maxAge, params string[] mx) =>
        new(
            $"version: STSv1\r\nmode: {mode}\r\n{string.Concat(mx.Select(m => $"mx: {m}\r\n"))}max_age: {(long)maxAge.TotalSeconds}\r\n"
        );
}

/// <summary>
/// The HTTPS server of every domain's MTA-STS policy (RFC 8461): give <c>mta-sts.DOMAIN</c> its address, and the app
/// its port. A domain without an answer gets 404.
/// </summary>
public sealed class PolicyServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PolicyAnswer> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, X509Certificate2> _certificates = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly ConcurrentQueue<string> _fetches = new();
    private readonly PrivateAuthority _authority;
    private readonly WebApplication _server;

    private PolicyServer(PrivateAuthority authority, IPAddress address)
    {
        (_authority, Address) = (authority, address);
        _server = WebServer.New(CertificateFor, address);
        _server.Run(AnswerAsync);
    }

    public IPAddress Address { get; }

    /// <summary>The port that it got (<c>MtaSts__Port</c>).</summary>
    public int Port => _server.Address().Port;

    public static async Task<PolicyServer> StartAsync(PrivateAuthority authority, Loopback loopback)
    {
        var server = new PolicyServer(authority, loopback.NextAddress());
        await server._server.StartAsync();
        return server;
    }

    /// <summary>Sets or replaces a domain's answer.</summary>
    public void Set(string domain, PolicyAnswer answer) => _answers[domain] = answer;

    /// <summary>How often the domain's policy was asked for.</summary>
    public int Fetches(string domain) =>
        _fetches.Count(f => string.Equals(f, domain, StringComparison.OrdinalIgnoreCase));

    /// <summary>The records that announce the policy: the TXT record with the id and the policy host's address.</summary>
    public IReadOnlyList<string> Records(string id) =>
        [$"_mta-sts TXT \"v=STSv1; id={id};\"", Dns.Zone.Host("mta-sts", Address)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private X509Certificate2 CertificateFor(ServerName name) =>
        _answers.GetValueOrDefault(Domain(name.Value))?.Certificate?.Certificate
        ?? _certificates.GetOrAdd(name.Value, n => _authority.Issue(n.Length == 0 ? "unnamed.invalid" : n).Certificate);

    private async Task AnswerAsync(HttpContext context)
    {
        var domain = Domain(context.Request.Host.Host);
        _fetches.Enqueue(domain);
        if (context.Request.Path != "/.well-known/mta-sts.txt" || !_answers.TryGetValue(domain, out var answer))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        foreach (var part in answer.Pause > TimeSpan.Zero ? answer.Body.Select(c => $"{c}") : [answer.Body])
        {
            await context.Response.WriteAsync(part, Encoding.UTF8, context.RequestAborted);
            await Task.Delay(answer.Pause, context.RequestAborted);
        }

        await context.Response.WriteAsync(new string('\n', answer.PaddingBytes), context.RequestAborted);
    }

    private static string Domain(string host) =>
        host.StartsWith("mta-sts.", StringComparison.Ordinal) ? host[8..] : host;
}
