using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>The routes of subscriptions: whose they are, what they refuse, what they show.</summary>
public sealed class RouteTests(SubscriptionWorld world) : IClassFixture<SubscriptionWorld>
{
    private const string Url = "https://hooks.example.com/x?sig=callback-secret";

    [Fact]
    public async Task A_secret_is_shown_once_and_another_callers_subscription_is_unknown()
    {
        var made = await world.SubscribeAsync(new { url = Url, events = new[] { "link.opened", "message.held" } });
        var path = $"/api/subscriptions/{made["id"]}";

        ((string)made["secret"]!).ShouldStartWith("whsec_");
        var shown = await ReadAsync(HttpMethod.Get, path);
        shown.Text.ShouldNotContain("secret");
        ((string?)shown.Json["url"]).ShouldBe("https://hooks.example.com/x?…");
        shown.Json["events"]!.AsArray().Select(name => (string?)name).ShouldBe(["message.held", "link.opened"]);
        (await ReadAsync(HttpMethod.Get, "/api/subscriptions")).Text.ShouldContain((string)made["id"]!);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            var refused = await ReadAsync(method, path, key: "clerk-key");
            refused.Status.ShouldBe(HttpStatusCode.NotFound);
            ((string?)refused.Json["type"]).ShouldBe("not-found");
        }

        (await ReadAsync(HttpMethod.Get, "/api/subscriptions", key: "clerk-key")).Text.ShouldNotContain(
            (string)made["id"]!
        );
        (await ReadAsync(HttpMethod.Delete, path, key: "nobody")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await world.UnsubscribeAsync(made);
        (await ReadAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(HttpMethod.Delete, "/api/subscriptions/x'or'1'eq'1")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_secret_is_changed_by_its_caller_alone_and_is_in_no_other_answer()
    {
        var made = await world.SubscribeAsync(new { url = Url });
        var path = $"/api/subscriptions/{made["id"]}/secret";

        var changed = await ReadAsync(HttpMethod.Post, path, new { secret = "a-secret-of-my-own-4712" });

        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Text);
        ((string?)changed.Json["secret"]).ShouldBe("a-secret-of-my-own-4712");
        ((DateTimeOffset)changed.Json["oldSecretUntil"]!).ShouldBeInRange(
            DateTimeOffset.UtcNow.AddHours(23),
            DateTimeOffset.UtcNow.AddHours(24)
        );
        (await ReadAsync(HttpMethod.Get, $"/api/subscriptions/{made["id"]}")).Text.ShouldNotContain("secret");
        (await ReadAsync(HttpMethod.Post, path, key: "clerk-key")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(HttpMethod.Post, path, key: "nobody")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var wrong = await ReadAsync(HttpMethod.Post, path, new { secret = "short" });
        (wrong.Status, (string?)wrong.Json["type"]).ShouldBe((HttpStatusCode.BadRequest, "invalid-subscription"));
        wrong.Json["errors"]!["secret"].ShouldNotBeNull();
        var made2 = await ReadAsync(HttpMethod.Post, path);
        ((string?)made2.Json["secret"]).ShouldNotBeNull().ShouldStartWith("whsec_");
        await Eventually.BeTrueAsync(() =>
            world.App.Output.Contains($"gave subscription {made["id"]} a new secret", StringComparison.Ordinal)
        );
        world.App.Output.ShouldNotContain("a-secret-of-my-own");
        await world.UnsubscribeAsync(made);
    }

    [Fact]
    public async Task What_tables_keep_of_a_subscription_is_sealed()
    {
        var made = await world.SubscribeAsync(new { url = Url, secret = "a-secret-of-my-own-4711" });
        ((string?)made["secret"]).ShouldBe("a-secret-of-my-own-4711");

        var table = (await world.World.Azurite).NewTableClient().GetTableClient("Subscriptions");
        var row = (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>("kit", (string)made["id"]!)).Value;

        var kept = string.Join('\n', row.Select(column => column.Value));
        kept.ShouldNotContain("a-secret-of-my-own");
        kept.ShouldNotContain("callback-secret");
        await world.UnsubscribeAsync(made);
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{ "url": 5 }""", "url")]
    [InlineData("""{ "url": "/relative" }""", "url")]
    [InlineData("""{ "url": "ftp://hooks.example.com/" }""", "url")]
    [InlineData("""{ "url": "file:///etc/passwd" }""", "url")]
    [InlineData("""{ "url": "https://me:pw@hooks.example.com/" }""", "url")]
    [InlineData("""{ "url": "https://hooks.example.com/#x" }""", "url")]
    [InlineData("""{ "url": "https://169.254.169.254/metadata" }""", "url")]
    [InlineData("""{ "url": "https://[::ffff:10.0.0.1]/" }""", "url")]
    [InlineData("""{ "url": "https://2130706433/" }""", "")]
    [InlineData("""{ "url": "https://hooks.example.com/", "events": ["message.read"] }""", "events")]
    [InlineData("""{ "url": "https://hooks.example.com/", "events": [] }""", "events")]
    [InlineData("""{ "url": "https://hooks.example.com/", "events": "message.held" }""", "events")]
    [InlineData("""{ "url": "https://hooks.example.com/", "secret": "short" }""", "secret")]
    [InlineData("""{ "url": "https://hooks.example.com/", "secret": "with a space in it 123" }""", "secret")]
    [InlineData("""{ "url": "https://hooks.example.com/", "secret": "whsec_***not-base64***" }""", "secret")]
    [InlineData("""{ "url": "https://hooks.example.com/", "includeAddresses": "no" }""", "includeAddresses")]
    [InlineData("""{ "url": "https://hooks.example.com/", "event": "message.held" }""", "event")]
    [InlineData("""[]""", "$")]
    [InlineData("""{ "url": """, "$")]
    public async Task A_wrong_wish_is_refused_naming_the_field_and_the_remedy(string body, string field)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/subscriptions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-functions-key", Kit.TestWorld.CallerKey);
        using var answer = await world.App.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        if (field.Length == 0)
        {
            // A number is loopback, which Development opens.
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, text);
            await world.UnsubscribeAsync(JsonNode.Parse(text)!);
            return;
        }

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        ((string?)problem["type"]).ShouldBe("invalid-subscription");
        problem["errors"]![field].ShouldNotBeNull(text);
        ((string?)problem["detail"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_body_or_an_event_that_is_not_one_is_refused()
    {
        (
            await ReadAsync(HttpMethod.Post, "/api/subscriptions", new { url = Url, secret = new string('x', 9000) })
        ).Status.ShouldBe(HttpStatusCode.BadRequest);
        var unknown = await ReadAsync(HttpMethod.Post, "/api/subscriptions/events/message.read", new { url = Url });
        unknown.Status.ShouldBe(HttpStatusCode.BadRequest);
        unknown.Json["errors"]!["event"].ShouldNotBeNull();
        var twice = await ReadAsync(
            HttpMethod.Post,
            "/api/subscriptions/events/message.held",
            new { url = Url, events = new[] { "link.opened" } }
        );
        twice.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_caller_has_so_many_and_no_more_also_at_one_time()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(n => ReadAsync(HttpMethod.Post, "/api/subscriptions", new { url = $"{Url}{n}" }, "careful-key"))
        );
        answers
            .Where(answer => answer.Status != HttpStatusCode.Created)
            .ShouldAllBe(answer => (string?)answer.Json["type"] == "too-many-subscriptions");

        var kept = (await ReadAsync(HttpMethod.Get, "/api/subscriptions", key: "careful-key")).Json["subscriptions"]!;
        kept.AsArray().Count.ShouldBeLessThanOrEqualTo(12);
        kept.AsArray().Count.ShouldBe(answers.Count(answer => answer.Status == HttpStatusCode.Created));
        for (var n = kept.AsArray().Count; n < 12; n++)
        {
            await world.SubscribeAsync(new { url = $"{Url}{n}" }, "careful-key");
        }

        foreach (var path in (string[])["/api/subscriptions", "/api/subscriptions/events/message.held"])
        {
            (await ReadAsync(HttpMethod.Post, path, new { url = Url }, "careful-key")).Status.ShouldBe(
                HttpStatusCode.Conflict,
                path
            );
        }
    }

    private async Task<(HttpStatusCode Status, JsonNode Json, string Text)> ReadAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? key = null
    )
    {
        using var answer = await world.CallAsync(method, path, body, key);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, text);
    }
}
