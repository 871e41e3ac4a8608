using System.Net;
using System.Net.Http.Json;
using System.Text;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Checking;

/// <summary>The check over the API, on real servers.</summary>
public sealed class CheckTests(CheckWorld check) : IClassFixture<CheckWorld>
{
    [Fact]
    public async Task Says_how_each_kind_of_domain_is_reached_and_sends_no_mail()
    {
        var answers = await check.CheckAsync(
            "taro@good.test",
            "plain.test",
            "selfsigned.test",
            "null.test",
            "nowhere.test"
        );

        answers
            .Select(answer => $"{answer.GetProperty("route")} {answer.GetProperty("reason")}")
            .ShouldBe([
                "tls verified",
                "link starttls-not-offered",
                "link self-signed",
                "undeliverable null-mx",
                "undeliverable no-such-domain",
            ]);
        answers[0].GetProperty("recipient").GetString().ShouldBe("taro@good.test");
        answers[0].GetProperty("warning").GetString()!.ShouldContain("cannot be taken back once sent");
        answers[1].GetProperty("warning").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        answers[2].GetProperty("explanation").GetString()!.ShouldContain("The certificate is signed by itself.");
        answers[2].GetProperty("change").GetString()!.ShouldContain("public authority");
        var host = answers[0].GetProperty("verdict").GetProperty("hosts")[0];
        host.GetProperty("host").GetString().ShouldBe("mx.good.test");
        host.GetProperty("tlsVersion").GetString().ShouldBe("TLSv1.3");

        foreach (var server in check.Servers)
        {
            (await server.WaitForSessionsAsync()).ShouldAllBe(
                session => session.Mails == 0,
                "a probe says no MAIL FROM"
            );
            server.GetMail().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Takes_csv_and_gives_csv_in_the_language_of_the_caller()
    {
        var answer = await check.SendAsync(
            HttpMethod.Post,
            "/api/tls/check",
            TestWorld.CallerKey,
            new StringContent("domain,mails\ngood.test,120\nplain.test,3\n", Encoding.UTF8, "text/csv"),
            ("Accept", "text/csv"),
            ("Accept-Language", "ja")
        );

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        answer.Headers["Content-Disposition"].ShouldContain("attachment");
        answer.Body.ShouldContain("good.test,120,\"TLS で送信\",tls,verified,verified");
        answer.Body.ShouldContain("plain.test,3,ダウンロードリンク,link,none,starttls-not-offered");
    }

    [Fact]
    public async Task A_refresh_probes_anew_and_an_answer_from_the_cache_does_not()
    {
        await check.CheckAsync("selfsigned.test");
        var server = check.Servers[2];
        var before = server.Connections;

        await check.CheckAsync("selfsigned.test");
        server.Connections.ShouldBe(before);

        var answer = await check.SendAsync(
            HttpMethod.Get,
            "/api/tls/domains/selfsigned.test?refresh=True",
            TestWorld.CallerKey
        );
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        answer.Json.GetProperty("verdict").GetProperty("level").GetString().ShouldBe("encrypted");
        await Kit.Processes.Eventually.GetAsync(
            () => Task.FromResult(server.Connections > before ? "" : null),
            otherwise: () => $"The server was not asked anew: {server.Connections} connections."
        );
    }

    [Theory]
    [InlineData("""{"recipients":["good.test","not a domain"]}""", "application/json", 400, "recipients[1]")]
    [InlineData("{", "application/json", 400, "$")]
    [InlineData("good.test\nx y z\n", "text/csv", 400, "line 2")]
    [InlineData("good.test", "text/plain", 415, "")]
    public async Task What_is_wrong_is_named(string body, string type, int status, string field)
    {
        var answer = await check.SendAsync(
            HttpMethod.Post,
            "/api/tls/check",
            TestWorld.CallerKey,
            new StringContent(body, Encoding.UTF8, type)
        );

        ((int)answer.Status).ShouldBe(status, answer.Body);
        answer.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        if (field.Length > 0)
        {
            answer.Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(answer.Body);
        }
    }

    [Fact]
    public async Task Strangers_are_401_and_an_empty_budget_is_429()
    {
        var stranger = await check.SendAsync(HttpMethod.Get, "/api/tls/domains/good.test", key: null);
        stranger.Status.ShouldBe(HttpStatusCode.Unauthorized);
        var cookie = await check.SendAsync(
            HttpMethod.Get,
            "/api/tls/domains/good.test",
            key: null,
            content: null,
            ("Cookie", "session=x")
        );
        cookie.Status.ShouldBe(HttpStatusCode.Unauthorized);

        var many = Enumerable.Range(0, 20).Select(i => $"d{i}.nowhere.test").ToArray();
        var first = await check.SendAsync(HttpMethod.Post, "/api/tls/check", CheckWorld.OtherKey, Body(many));
        first.Status.ShouldBe(HttpStatusCode.OK, first.Body);
        var second = await check.SendAsync(
            HttpMethod.Get,
            "/api/tls/domains/late.nowhere.test?refresh=true",
            CheckWorld.OtherKey
        );
        var third = await check.SendAsync(
            HttpMethod.Post,
            "/api/tls/check",
            CheckWorld.OtherKey,
            Body([.. many.Select(domain => $"x.{domain}")])
        );
        third.Status.ShouldBe(HttpStatusCode.TooManyRequests, $"{second.Status} {third.Body}");
        int.Parse(third.Headers["Retry-After"]).ShouldBeInRange(1, 60);
        third.Json.GetProperty("type").GetString().ShouldBe("too-many-probes");
        await Kit.Processes.Eventually.GetAsync(
            async () =>
            {
                var several = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RefreshedAsync()));
                return several.Contains(HttpStatusCode.TooManyRequests) ? "" : null;
            },
            otherwise: () => "A refresh takes nothing of the budget."
        );
    }

    private async Task<HttpStatusCode> RefreshedAsync() =>
        (
            await check.SendAsync(
                HttpMethod.Get,
                "/api/tls/domains/late.nowhere.test?refresh=true",
                CheckWorld.OtherKey
            )
        ).Status;

    private static JsonContent Body(string[] recipients) => JsonContent.Create(new { recipients });
}
