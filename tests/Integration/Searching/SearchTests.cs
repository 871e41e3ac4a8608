using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Searching;

/// <summary>The search over HTTP, in both its forms. Each test has recipients of its own.</summary>
public sealed class SearchTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    private const string OtherKey = "careful-key";

    [Fact]
    public async Task Finds_ones_own_messages_by_each_term_and_nobody_elses()
    {
        var mine = (await world.Sender.PostAsync(new { hold = "manual" }, "own@search.test", "two@search.test")).Id;
        var theirs = (await world.Careful.PostAsync(null, "own@search.test")).Id;
        var today = DateTimeOffset.UtcNow;

        foreach (
            var query in (string[])
                [
                    "recipient=OWN%40search.test",
                    "recipient=two@search.test&sender=hanako@sender.example",
                    "recipient=own@search.test&state=held",
                    $"recipient=own@search.test&from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(2):yyyy-MM-dd}",
                    "sender=&recipient=own@search.test&state=&from=&to=&top=&continuation=",
                ]
        )
        {
            var page = await GetAsync(query);
            Ids(page).ShouldBe([mine], query);
            page["continuation"].ShouldBeNull(query);
            var found = page["messages"]![0]!;
            ((string)found["state"]!, (int)found["recipientCount"]!).ShouldBe(("held", 2));
            found["recipients"]!
                .AsArray()
                .Select(one => (string)one!["address"]!)
                .ShouldBe(["own@search.test", "two@search.test"]);
        }

        foreach (
            var query in (string[])
                [
                    "recipient=nobody@search.test",
                    "recipient=own@search.test&state=completed",
                    "recipient=own@search.test&sender=other@sender.example",
                    $"recipient=own@search.test&to={today.AddDays(-1):yyyy-MM-dd}",
                    $"recipient=own@search.test&from={today.AddDays(2):yyyy-MM-dd}",
                ]
        )
        {
            Ids(await GetAsync(query)).ShouldBeEmpty(query);
        }

        Ids(await GetAsync("recipient=own@search.test", OtherKey)).ShouldBe([theirs]);
        Ids(await GetAsync("", "desk-key")).ShouldBeEmpty("an approver has sent nothing");
        await world.Sender.DecideAsync(mine, "cancel");
        await world.Sender.WaitAsync(mine, "cancelled");
        Ids(await PostAsync(new { recipient = "own@search.test", state = "cancelled" })).ShouldBe([mine]);
    }

    [Fact]
    public async Task Pages_give_every_message_once_newest_first_though_new_ones_come_in()
    {
        List<string> sent = [];
        for (var n = 0; n < 12; n++)
        {
            sent.Add((await world.Sender.PostAsync(new { hold = "manual" }, "many@search.test")).Id);
        }

        List<string> found = [];
        string? continuation = null;
        do
        {
            var page = await PostAsync(
                new
                {
                    recipient = "many@search.test",
                    top = 5,
                    continuation,
                }
            );
            found.AddRange(Ids(page));
            continuation = (string?)page["continuation"];
            await world.Sender.PostAsync(new { hold = "manual" }, "many@search.test");
        } while (continuation is not null);

        found.ShouldBe(sent.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task A_continuation_is_worth_nothing_to_another_caller_or_search()
    {
        await world.Sender.PostAsync(new { hold = "manual" }, "bound@search.test");
        await world.Sender.PostAsync(new { hold = "manual" }, "bound@search.test");
        var continuation = (string)(await GetAsync("recipient=bound@search.test&top=1"))["continuation"]!;

        Ids(await GetAsync($"recipient=bound@search.test&continuation={continuation}")).Count.ShouldBe(1);
        foreach (
            var (query, key) in new[]
            {
                ($"recipient=bound@search.test&continuation={continuation}", OtherKey),
                ($"continuation={continuation}", TestWorld.CallerKey),
                ($"recipient=bound@search.test&continuation={continuation}x", TestWorld.CallerKey),
                ("recipient=bound@search.test&continuation=%00%27", TestWorld.CallerKey),
            }
        )
        {
            using var answer = await AskAsync(query, key);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            ((string)problem["type"]!).ShouldBe("invalid-search");
            problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["continuation"]);
        }
    }

    [Fact]
    public async Task A_page_asks_storage_a_bounded_number_of_times()
    {
        await world.Sender.PostAsync(new { hold = "manual" }, "cost@search.test");
        var storage = await world.World.Storage;
        var before = storage.Calls.Count;

        await GetAsync("recipient=cost@search.test&state=held");

        storage.Calls.Skip(before).Count(call => call.Container == "Index").ShouldBeInRange(2, 1 + (4 * 8));
    }

    private async Task<JsonNode> GetAsync(string query, string? key = null)
    {
        using var answer = await AskAsync(query, key ?? TestWorld.CallerKey);
        return await ReadAsync(answer);
    }

    private Task<HttpResponseMessage> AskAsync(string query, string key) =>
        new HoldApi(world.App, key).AskAsync($"/api/messages?{query}");

    private async Task<JsonNode> PostAsync(object terms)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages/search");
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        request.Content = JsonContent.Create(terms);
        using var answer = await world.App.Client.SendAsync(request);
        return await ReadAsync(answer);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static List<string> Ids(JsonNode page) =>
        [.. page["messages"]!.AsArray().Select(message => (string)message!["id"]!)];
}
