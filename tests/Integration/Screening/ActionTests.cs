using System.Net;
using System.Text;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;
using static TlsOrLink.Tests.Integration.Screening.ScreeningWorld;

namespace TlsOrLink.Tests.Integration.Screening;

/// <summary>What each action makes of a message, through the real app.</summary>
public sealed class ActionTests(ScreeningWorld world) : IClassFixture<ScreeningWorld>
{
    private static readonly (string, byte[]) List = (
        "list.csv",
        Encoding.UTF8.GetBytes($"氏名,個人番号\n山田,{MyNumber}\n")
    );
    private static readonly (string, byte[]) LargeList = (
        "list.csv",
        [.. Encoding.UTF8.GetBytes($"氏名,個人番号\n山田,{MyNumber}\n"), .. Enumerable.Repeat((byte)'\n', 3 << 20)]
    );

    [Fact]
    public async Task Warn_tells_the_sender_where_and_not_what_and_the_message_goes()
    {
        await world.AddScriptedAsync("warn.test");
        await world.PutRuleAsync("warn", "warn.test", """ "action":"warn","personalData":{}""");

        var (id, english) = await world.AcceptedAsync("warn.test", file: List);
        var (_, japanese) = await world.SendAsync(
            HttpMethod.Get,
            $"/api/messages/{id}",
            TestWorld.CallerKey,
            language: "ja"
        );

        Codes(english).ShouldBe(["listed-domains", "my-number"]);
        english.ToString().ShouldContain("attachment 1");
        japanese.GetProperty("warnings")[1].GetProperty("detail").GetString()!.ShouldContain("添付ファイル 1");
        $"{english}{japanese}{world.App.Output}".ShouldNotContain(MyNumber);
        var seen = await world.Api.WaitForCompletionAsync(id);
        seen.Recipients.ShouldAllBe(recipient => recipient.Route == "tls");
    }

    [Fact]
    public async Task Link_sends_by_link_where_tls_is_proven()
    {
        await world.AddScriptedAsync("link.test");
        await world.PutRuleAsync("link", "link.test", """ "action":"link","files":{"types":["csv"]}""");

        var (id, body) = await world.AcceptedAsync("link.test", file: List);

        Codes(body).ShouldContain("file-type");
        var seen = await world.Api.WaitForCompletionAsync(id);
        seen.Recipients.ShouldAllBe(recipient => recipient.Route == "link" && recipient.State == "linked");
    }

    [Theory]
    [InlineData("hold", "release", true)]
    [InlineData("hold", "release", false)]
    [InlineData("approve", "approve", true)]
    [InlineData("approve", "approve", false)]
    public async Task Hold_and_approve_wait_whatever_the_route(string action, string end, bool tls)
    {
        var domain = $"{action}-{(tls ? "tls" : "link")}.test";
        var server = await world.AddScriptedAsync(domain);
        await world.PutRuleAsync(
            domain.Replace('.', '-'),
            domain,
            $$""" "action":"{{action}}","words":{"any":["社外秘"]}"""
        );

        var options = new { route = tls ? "auto" : "link" };
        var (id, body) = await world.AcceptedAsync(domain, "これは社外秘です", List, options);

        body.GetProperty("state").GetString().ShouldBe("held");
        server.Messages.ShouldBeEmpty();
        var decided = await world.SendAsync(
            HttpMethod.Post,
            $"/api/messages/{id}/{end}",
            end is "approve" ? ApproverKey : TestWorld.CallerKey
        );
        decided.Status.ShouldBe(HttpStatusCode.Accepted, decided.Body.ToString());
        var seen = await world.Api.WaitForCompletionAsync(id);
        seen.Recipients.ShouldAllBe(recipient => recipient.Route == (tls ? "tls" : "link"));
        server.Messages.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("small")]
    [InlineData("large")]
    public async Task Reject_answers_422_and_keeps_nothing(string size)
    {
        var domain = $"reject-{size}.test";
        await world.PutRuleAsync($"reject-{size}", domain, """ "action":"reject","personalData":{"atLeast":1}""");
        var storage = await world.World.Storage;
        var before = storage.Calls.Count;

        var (status, problem) = await world.PostAsync(domain, file: size == "small" ? List : LargeList, language: "ja");

        status.ShouldBe(HttpStatusCode.UnprocessableEntity, problem.ToString());
        problem.GetProperty("type").GetString().ShouldBe("message-rejected");
        problem.GetProperty("detail").GetString()!.ShouldContain($"reject-{size}");
        Codes(problem).ShouldContain("my-number");
        problem.ToString().ShouldNotContain(MyNumber);
        var calls = storage.CallsSince(before);
        calls.ShouldNotContain(call =>
            call.Writes("Index")
            || call.Writes("Messages", "m") && call.Entities.Any(row => row.RowKey == "m" && row.Method == "POST")
        );
        var ofBlob = calls.Where(call => call is { Service: StorageService.Blob, Container: "messages" }).ToList();
        if (size == "small")
        {
            ofBlob.ShouldBeEmpty("it was judged in memory");
        }
        else
        {
            var name = ofBlob.Single(call => call.Method == "DELETE").Name;
            (await BlobsAsync()).ShouldNotContain(name);
        }
    }

    [Fact]
    public async Task An_encrypted_archive_is_warned_of_without_any_rule()
    {
        await world.AddScriptedAsync("zip.test");

        var (_, body) = await world.AcceptedAsync("zip.test", file: ("docs.zip", EncryptedZip()));

        Codes(body).ShouldBe(["encrypted-file"]);
        body.ToString().ShouldContain("Send the original instead");
    }

    [Fact]
    public async Task Recipients_who_see_each_other_can_be_made_bcc()
    {
        var server = await world.AddScriptedAsync("bcc.test");
        await world.PutRuleAsync("bcc", "bcc.test", """ "action":"warn","files":{"overBytes":0}""");
        var (status, body) = await world.SendAsync(
            HttpMethod.Put,
            "/api/message-rules/visible",
            PolicyKey,
            Json("""{"action":"warn","recipients":{"domains":["bcc.test"],"visibleOver":1}}""")
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToString());

        var (first, visible) = await world.AcceptedAsync("bcc.test");
        Codes(visible).ShouldBe(["listed-domains", "many-visible"]);
        await world.Api.WaitForCompletionAsync(first);
        var (id, hidden) = await world.AcceptedAsync("bcc.test", options: new { convertToBcc = true });

        Codes(hidden).ShouldBeEmpty();
        await world.Api.WaitForCompletionAsync(id);
        var mail = Encoding.UTF8.GetString(server.Messages[^1].Content);
        mail.ShouldContain("undisclosed-recipients:");
        mail.ShouldNotContain("@bcc.test>");
    }

    [Fact]
    public async Task A_domain_is_new_until_its_server_took_mail()
    {
        await world.AddScriptedAsync("first.test");
        await world.PutRuleAsync("first", "first.test", """ "action":"warn","enabled":false,"personalData":{}""");
        await world.SendAsync(
            HttpMethod.Put,
            "/api/message-rules/first",
            PolicyKey,
            Json("""{"action":"warn","recipients":{"neverMailed":true,"domains":["first.test"]}}""")
        );

        var (id, first) = await world.AcceptedAsync("first.test");
        Codes(first).ShouldBe(["never-mailed"]);
        await world.Api.WaitForCompletionAsync(id);

        await Kit.Processes.Eventually.GetAsync<object>(
            async () => Codes((await world.AcceptedAsync("first.test")).Body).Length == 0 ? new object() : null,
            Eventually.Patience,
            () => world.App.Output
        );
    }

    private async Task<IReadOnlyList<string>> BlobsAsync() =>
        await (await world.World.Azurite)
            .NewBlobClient()
            .GetBlobContainerClient("messages")
            .GetBlobsAsync()
            .Select(blob => blob.Name)
            .ToListAsync();
}
