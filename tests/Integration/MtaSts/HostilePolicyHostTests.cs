using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TlsOrLink.Dns;
using TlsOrLink.MtaSts;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.MtaSts;

/// <summary>What a hostile policy host cannot make the fetch do.</summary>
public sealed class HostilePolicyHostTests(TestWorld world) : IClassFixture<TestWorld>
{
    private static readonly TimeSpan Patience = Eventually.Patience;
    private readonly PolicyFetch fetch = new(world, TestContext.Current.CancellationToken);
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cannot_make_it_read_more_than_64_KB()
    {
        // Whoever wanted more than 64 KB would wait here for the rest, and for the deadline of a clock that stands still.
        var fetching = fetch.AskAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync(new byte[(64 * 1024) + 1], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        (await fetching.WaitAsync(Patience, cancellation)).Failure.ShouldBe(StsReasons.PolicyBad);
    }

    [Fact]
    public async Task Cannot_hold_it_longer_than_10_seconds_by_slow_bytes()
    {
        var reached = new TaskCompletionSource();
        var fetching = fetch.AskAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync("v"u8.ToArray(), context.RequestAborted);
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await reached.Task.WaitAsync(Patience, cancellation);
        fetching.IsCompleted.ShouldBeFalse();
        fetch.Clock.Advance(TimeSpan.FromSeconds(10));
        (await fetching.WaitAsync(Patience, cancellation)).Failure.ShouldBe(StsReasons.FetchFailed);
    }

    [Theory]
    [InlineData("self-signed")]
    [InlineData("expired")]
    [InlineData("another name")]
    [InlineData("another authority")]
    public async Task Gets_no_request_with_a_bad_certificate(string kind)
    {
        using var stranger = new PrivateAuthority("Stranger");
        var certificate = kind switch
        {
            "self-signed" => world.Authority.Issue(new CertificateWish(fetch.HostName) { SelfSigned = true }),
            "expired" => world.Authority.Issue(CertificateWish.Expired(fetch.HostName)),
            "another name" => world.Authority.Issue($"www.{fetch.Domain}"),
            _ => stranger.Issue(fetch.HostName),
        };
        await using var host = await fetch.StartAsync(
            context => PolicyFetch.SayAsync(context, PolicyFetch.Policy),
            certificate
        );
        (await fetch.FromAsync(host.Port)).Failure.ShouldBe(StsReasons.FetchFailed);
        host.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Cannot_make_it_download_what_its_certificate_names()
    {
        using var trap = new TcpListener(IPAddress.Loopback, 0);
        trap.Start();
        using var stranger = new PrivateAuthority("Stranger");
        var wish = new CertificateWish(fetch.HostName) { IssuerUrl = $"http://{trap.LocalEndpoint}/issuer.crt" };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await fetch.PublishAsync("127.0.0.1");
        var fetching = fetch.FromAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        (await ShakeHandsAsync(listener, stranger.Issue(wish))).ShouldBeFalse("the authority is unknown");
        (await fetching).Failure.ShouldBe(StsReasons.FetchFailed);
        trap.Pending().ShouldBeFalse("the peer must not choose a URL that this server fetches");
    }

    [Fact]
    public async Task Is_not_dialled_at_an_address_that_the_guard_refuses()
    {
        await using var host = await fetch.StartAsync(context => PolicyFetch.SayAsync(context, PolicyFetch.Policy));
        (await fetch.FromAsync(host.Port, new AddressGuard([]))).Failure.ShouldBe(StsReasons.FetchFailed);
        host.Requests.ShouldBe(0);
    }

    // Not Kestrel: that downloads the issuer of its own certificate, which this test would take for the client's doing.
    private async Task<bool> ShakeHandsAsync(TcpListener listener, ServerCertificate certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(cancellation);
        await using var tls = new SslStream(client.GetStream());
        var context = SslStreamCertificateContext.Create(certificate.Certificate, null, offline: true);
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = context },
                cancellation
            );
            return await tls.ReadAsync(new byte[1], cancellation) > 0;
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            return false;
        }
    }
}
