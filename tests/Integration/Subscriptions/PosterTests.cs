using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using TlsOrLink.Subscriptions;
using TlsOrLink.Tests.Integration.Probing;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>Subscribers that behave badly cost no more than one try with a bound.</summary>
public sealed class PosterTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{ "id": "x" }""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_never_answers_runs_into_the_timeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        (await PostAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"))).ShouldBe(
            new PostResult(PostFate.Failed, PostJudge.Timeout)
        );
    }

    [Fact]
    public async Task Of_an_endless_answer_nothing_is_read_but_its_status()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endless = ServeEndlessAsync(listener);

        (await PostAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"))).ShouldBe(
            new PostResult(PostFate.Taken)
        );

        (await endless).ShouldBeLessThan(64 << 20, "it was hung up on");
    }

    [Fact]
    public async Task One_whose_certificate_nobody_trusts_gets_nothing()
    {
        using var authority = new PrivateAuthority();
        await using var sink = await EventSink.StartAsync(authority.Issue("hooks.example"));

        (await PostAsync(new Uri($"https://hooks.example:{sink.Address.Port}/"))).ShouldBe(
            new PostResult(PostFate.Failed, PostJudge.TlsFailed)
        );

        sink.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_leads_elsewhere_is_not_followed()
    {
        await using var sink = await EventSink.StartAsync();
        sink.Answer = _ => HttpStatusCode.TemporaryRedirect;

        (await PostAsync(sink.Address)).ShouldBe(new PostResult(PostFate.Failed, PostJudge.Redirect));

        sink.All.ShouldHaveSingleItem();
    }

    private static async Task<PostResult> PostAsync(Uri url)
    {
        var options = Options.Create(new SubscriptionsOptions { Timeout = TimeSpan.FromSeconds(10) });
        using var poster = new EventPoster(
            new PlainResolver { Addresses = { ["hooks.example"] = [IPAddress.Loopback] } },
            new WebhookGuard(options, new HostingEnvironment { EnvironmentName = Environments.Development }),
            options,
            TimeProvider.System
        );
        return await poster.PostAsync(
            new Subscription("kit", "id", url, "a-secret-of-my-own", [], false, DateTimeOffset.UnixEpoch),
            "event",
            Body,
            Cancellation
        );
    }

    /// <summary>Answers 200 and then bytes for as long as they are taken; how many were.</summary>
    private static async Task<long> ServeEndlessAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Cancellation);
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 0x10000)}\r\n");
        for (var sent = 0L; ; sent += chunk.Length)
        {
            try
            {
                await stream.WriteAsync(chunk, Cancellation);
            }
            catch (IOException)
            {
                return sent;
            }
        }
    }
}
