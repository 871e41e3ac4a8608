using System.Net;
using TlsOrLink.Tests.Kit;
using static TlsOrLink.Tests.Integration.Screening.ScreeningWorld;

namespace TlsOrLink.Tests.Integration.Screening;

/// <summary>Rules over the API.</summary>
public sealed class RuleApiTests(ScreeningWorld world) : IClassFixture<ScreeningWorld>
{
    private const string Rule = """{"action":"hold","senders":["sales"],"personalData":{"kinds":["card-number"]}}""";

    [Fact]
    public async Task A_rule_is_put_listed_read_and_deleted()
    {
        var put = await world.SendAsync(HttpMethod.Put, "/api/message-rules/cards", PolicyKey, Json(Rule));
        put.Status.ShouldBe(HttpStatusCode.OK, put.Body.ToString());
        put.Body.GetProperty("updatedBy").GetString().ShouldBe("policy");

        var list = await world.SendAsync(HttpMethod.Get, "/api/message-rules", PolicyKey);
        var rules = list
            .Body.GetProperty("rules")
            .EnumerateArray()
            .ToDictionary(
                rule => rule.GetProperty("rule").GetProperty("id").GetString()!,
                rule => rule.GetProperty("source").GetString()
            );
        rules["cards"].ShouldBe("api");
        rules["of-the-configuration"].ShouldBe("configuration");
        rules["encrypted-file"].ShouldBe("built-in");

        var got = await world.SendAsync(HttpMethod.Get, "/api/message-rules/cards", PolicyKey);
        got.Body.GetProperty("rule")
            .GetProperty("personalData")
            .GetProperty("kinds")[0]
            .GetString()
            .ShouldBe("card-number");
        (await DeleteAsync("cards")).ShouldBe(HttpStatusCode.NoContent);
        (await DeleteAsync("cards")).ShouldBe(HttpStatusCode.NotFound);
        (await world.SendAsync(HttpMethod.Get, "/api/message-rules/cards", PolicyKey)).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task Only_the_role_policy_sees_and_changes_rules()
    {
        foreach (
            var (method, path) in new[]
            {
                (HttpMethod.Get, "/api/message-rules"),
                (HttpMethod.Get, "/api/message-rules/x"),
                (HttpMethod.Put, "/api/message-rules/x"),
                (HttpMethod.Delete, "/api/message-rules/x"),
            }
        )
        {
            var answer = await world.SendAsync(
                method,
                path,
                TestWorld.CallerKey,
                method == HttpMethod.Put ? Json(Rule) : null
            );
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
            answer.Body.GetProperty("type").GetString().ShouldBe("role-missing");
        }
    }

    [Theory]
    [InlineData("x", "{", "$")]
    [InlineData("x", """{"action":"warn","words":{"any":["\ud800"]}}""", "$")]
    [InlineData("x", """{"action":"warn","recipients":{"external":1}}""", "recipients.external")]
    [InlineData("X", """{"action":"warn","personalData":{}}""", "id")]
    public async Task What_is_wrong_is_named(string id, string body, string field)
    {
        var answer = await world.SendAsync(HttpMethod.Put, $"/api/message-rules/{id}", PolicyKey, Json(body));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body.ToString());
        answer.Body.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }

    [Fact]
    public async Task A_rule_of_the_configuration_counts()
    {
        await world.AddScriptedAsync("configured.test");

        var (_, body) = await world.AcceptedAsync("configured.test", "This has the Configured-Word in it.");

        Codes(body).ShouldBe(["words"]);
    }

    private async Task<HttpStatusCode> DeleteAsync(string id) =>
        (await world.SendAsync(HttpMethod.Delete, $"/api/message-rules/{id}", PolicyKey)).Status;
}
