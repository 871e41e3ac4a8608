using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Dns;
using TlsOrLink.Domains;
using TlsOrLink.MtaSts;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;

namespace TlsOrLink.Tests.Integration.MtaSts;

/// <summary>One domain of its own, its policy host, and the product's fetcher toward it.</summary>
internal sealed class PolicyFetch(TestWorld world, CancellationToken cancellation)
{
    public const string Policy = "version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 86400\n";

    public FakeTimeProvider Clock { get; } = new();

    public MailDomain Domain { get; } = MailDomain.Parse($"{Guid.NewGuid():N}.test");

    public string HostName => $"mta-sts.{Domain}";

    public static Task SayAsync(HttpContext context, string text, int status = 200, string? type = "text/plain")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
    }

    /// <summary>Puts the policy host's addresses into DNS.</summary>
    public async Task PublishAsync(params string[] addresses) =>
        await (await world.Dns).SetAsync(
            new Zone(Domain.Name, [.. addresses.Select(address => $"mta-sts A {address}")])
        );

    public async Task<PolicyHost> StartAsync(RequestDelegate answer, ServerCertificate? certificate = null)
    {
        await PublishAsync("127.0.0.1");
        return await PolicyHost.StartAsync(certificate ?? world.Authority.Issue(HostName), answer);
    }

    public async Task<StsFetched> AskAsync(RequestDelegate answer)
    {
        await using var host = await StartAsync(answer);
        return await FromAsync(host.Port);
    }

    public async Task<StsFetched> FromAsync(int port, AddressGuard? guard = null, CancellationToken? ending = null)
    {
        var bundle = world.Folder.File("tls", $"{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(bundle, world.Authority.Pem, cancellation);
        var dns = Options.Create(new DnsOptions { Servers = [(await world.Dns).EndPoint.ToString()] });
        using var fetcher = new StsFetcher(
            new CachingResolver(new DnsExchange(dns), new DnsCache(dns, TimeProvider.System), TimeProvider.System),
            guard ?? new AddressGuard([IPNetwork.Parse("127.0.0.0/8")]),
            Options.Create(new MtaStsOptions { Port = port, TrustBundle = bundle }),
            Clock,
            NullLogger<StsFetcher>.Instance
        );
        return await fetcher.FetchAsync(Domain, ending ?? cancellation);
    }
}
