using System.Diagnostics;
using System.Net;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.MtaSts;

namespace TlsOrLink.Tests.Integration.World;

public sealed class PolicyServerTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task Serves_the_policy_under_a_certificate_for_the_policy_host_and_counts()
    {
        var server = await world.Policies;
        server.Set("good.test", PolicyAnswer.Policy("enforce", TimeSpan.FromDays(1), "*.good.test"));
        using var answer = await FetchAsync("good.test");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            "version: STSv1\r\nmode: enforce\r\nmx: *.good.test\r\nmax_age: 86400\r\n"
        );
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        server.Fetches("good.test").ShouldBe(1);
        (await FetchAsync("unknown.test")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answers_as_badly_as_told()
    {
        var (server, good) = (await world.Policies, new PolicyAnswer("body"));
        server.Set("moved.test", good with { Status = 301, Location = "https://elsewhere.test/" });
        (await FetchAsync("moved.test")).Headers.Location.ShouldBe(new Uri("https://elsewhere.test/"));
        server.Set("html.test", good with { ContentType = "text/html" });
        (await FetchAsync("html.test")).Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        server.Set("large.test", good with { PaddingBytes = 100_000 });
        (await (await FetchAsync("large.test")).Content.ReadAsByteArrayAsync()).Length.ShouldBe(100_004);
        server.Set("slow.test", good with { Pause = TimeSpan.FromMilliseconds(50) });
        var clock = Stopwatch.StartNew();
        await FetchAsync("slow.test");
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task Shows_another_certificate_for_one_domain_only()
    {
        var server = await world.Policies;
        server.Set(
            "bad.test",
            new PolicyAnswer("body")
            {
                Certificate = world.Authority.Issue(CertificateWish.Expired("mta-sts.bad.test")),
            }
        );
        server.Set("fine.test", new PolicyAnswer("body"));
        await Should.ThrowAsync<HttpRequestException>(() => FetchAsync("bad.test"));
        (await FetchAsync("fine.test")).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Fetches("bad.test").ShouldBe(0);
    }

    private async Task<HttpResponseMessage> FetchAsync(string domain)
    {
        var server = await world.Policies;
        var handler = world.Authority.NewHandler();
        handler.ConnectCallback = async (_, cancelled) =>
        {
            var socket = new System.Net.Sockets.Socket(
                System.Net.Sockets.SocketType.Stream,
                System.Net.Sockets.ProtocolType.Tcp
            );
            await socket.ConnectAsync(server.Address, server.Port, cancelled);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        };
        using var client = new HttpClient(handler);
        return await client.GetAsync(new Uri($"https://mta-sts.{domain}/.well-known/mta-sts.txt"));
    }
}
