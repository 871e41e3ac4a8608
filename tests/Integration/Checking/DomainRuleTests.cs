using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Checking;

/// <summary>Rules that are put over the API, and what real deliveries make of them.</summary>
public sealed class DomainRuleTests(CheckWorld check) : IClassFixture<CheckWorld>
{
    [Fact]
    public async Task A_rule_changes_the_route_of_a_check_and_of_a_real_delivery()
    {
        (await RouteOfDeliveryAsync("good.test")).ShouldBe("tls");

        var put = await PutAsync("good.test", new { action = "force-link" });
        put.Status.ShouldBe(HttpStatusCode.OK, put.Body);
        put.Json.GetProperty("updatedBy").GetString().ShouldBe("policy");
        (await check.CheckAsync("good.test"))[0].GetProperty("reason").GetString().ShouldBe("rule-force-link");
        (await RouteOfDeliveryAsync("good.test")).ShouldBe("link");

        (await PutAsync("good.test", new { action = "reject" })).Status.ShouldBe(HttpStatusCode.OK);
        (await RouteOfDeliveryAsync("good.test")).ShouldBe("undeliverable");
        (await SendAsync(HttpMethod.Get, "good.test"))
            .Json.GetProperty("effective")
            .GetProperty("action")
            .GetString()
            .ShouldBe("reject");

        (await SendAsync(HttpMethod.Delete, "good.test")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Delete, "good.test")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Get, "good.test")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await RouteOfDeliveryAsync("good.test")).ShouldBe("tls");
    }

    [Fact]
    public async Task Only_the_role_policy_sees_and_changes_rules()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            var answer = await check.SendAsync(
                method,
                "/api/domain-rules/good.test",
                TestWorld.CallerKey,
                method == HttpMethod.Put ? JsonContent.Create(new { action = "reject" }) : null
            );
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, answer.Body);
            answer.Json.GetProperty("type").GetString().ShouldBe("role-missing");
        }
    }

    [Theory]
    [InlineData("partner.test", "allow", "action")]
    [InlineData("a..b", "reject", "domain")]
    public async Task What_is_wrong_is_named(string domain, string action, string field)
    {
        var answer = await PutAsync(domain, new { action });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(answer.Body);
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_stop_decisions()
    {
        var tables = (await check.World.Azurite).NewTableClient();
        var rules = tables.GetTableClient("DomainRules");
        await rules.UpsertEntityAsync(
            new Azure.Data.Tables.TableEntity("all", "future.test") { ["Action"] = "QuarantineOfTomorrow" }
        );
        try
        {
            // Makes this instance read them anew.
            (await SendAsync(HttpMethod.Delete, "absent.test")).Status.ShouldBe(HttpStatusCode.NotFound);
            var answer = await check.SendAsync(HttpMethod.Get, "/api/tls/domains/plain.test", TestWorld.CallerKey);
            answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, answer.Body);
            var list = await check.SendAsync(
                HttpMethod.Post,
                "/api/tls/check",
                TestWorld.CallerKey,
                JsonContent.Create(new { recipients = new[] { "plain.test" } })
            );
            list.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, list.Body);
        }
        finally
        {
            await rules.DeleteEntityAsync("all", "future.test");
        }

        (await check.CheckAsync("plain.test"))[0].GetProperty("route").GetString().ShouldBe("link");
    }

    private Task<Answer> PutAsync(string domain, object body) =>
        check.SendAsync(HttpMethod.Put, $"/api/domain-rules/{domain}", CheckWorld.PolicyKey, JsonContent.Create(body));

    private Task<Answer> SendAsync(HttpMethod method, string domain) =>
        check.SendAsync(method, $"/api/domain-rules/{domain}", CheckWorld.PolicyKey);

    /// <summary>Sends a message with a file and waits for the route that its recipient got.</summary>
    private async Task<string> RouteOfDeliveryAsync(string domain)
    {
        var message = new
        {
            sender = "ann@sender.example",
            recipients = new[] { $"taro@{domain}" },
            subject = "rules",
            body = new { text = "hello" },
            attachments = new[]
            {
                new
                {
                    name = "a.txt",
                    contentType = "text/plain",
                    contentBytes = "c2VjcmV0",
                },
            },
        };
        var posted = await check.SendAsync(
            HttpMethod.Post,
            "/api/messages",
            TestWorld.CallerKey,
            JsonContent.Create(message)
        );
        posted.Status.ShouldBe(HttpStatusCode.Accepted, posted.Body);
        var id = posted.Json.GetProperty("id").GetString();
        JsonElement last = default;
        return await Eventually.GetAsync(
            async () =>
            {
                last = (await check.SendAsync(HttpMethod.Get, $"/api/messages/{id}", TestWorld.CallerKey)).Json;
                var recipient = last.GetProperty("recipients")[0];
                return last.GetProperty("state").GetString() != "completed" ? null
                    : recipient.GetProperty("state").GetString() == "undeliverable" ? "undeliverable"
                    : recipient.GetProperty("route").GetString();
            },
            Eventually.Patience,
            () => $"The message is not completed: {last}"
        );
    }
}
