using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Api;

/// <content>Intake has three doors, and each refuses what the others do.</content>
public sealed partial class LoneRefusalTests
{
    public static TheoryData<string> Doors => ["/api/messages", "/api/messages/send", "/api/messages/send-and-wait"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Each_kind_of_wrong_message_is_refused_at_each_door(string door)
    {
        var kinds = ErrorTable.Rows.DistinctBy(row => row.Type).ToList();
        kinds.Count.ShouldBe(5);
        foreach (var row in kinds)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, door) { Content = row.Content() };
            request.Headers.Add("x-functions-key", world.Key);
            using var answer = await world.App.Client.SendAsync(request);
            await IsRefusedAsync(answer, row.Status, row.Type);
        }

        await RefusedAsync("POST", door, Message("large", new string('x', 300_000)), Json, 413, "message-too-large");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_key_stands_for_one_body_at_each_door(string door)
    {
        using var first = await SendAsync("POST", door, Message("one"), Json, key: door);
        ((int)first.StatusCode).ShouldBeInRange(200, 202);

        using var other = await SendAsync("POST", door, Message("two"), Json, key: door);
        await IsRefusedAsync(other, 409, "idempotency-conflict");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_rule_that_rejects_does_so_at_each_door(string door)
    {
        using var put = await SendAsync(
            "PUT",
            "/api/message-rules/no-tigers",
            """{ "action": "reject", "words": { "any": ["tigers"] } }""",
            Json
        );
        put.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await SendAsync("POST", door, Message("x", "Beware of tigers."), Json);
        await IsRefusedAsync(answer, 422, "message-rejected");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_upload_that_a_message_has_is_not_given_to_another(string door)
    {
        var (id, _) = await UploadAsync();
        // The upload itself stays, as it does until it is removed after the answer.
        using (
            (await world.World.Storage).FailWhen(
                call => call.Method == "DELETE" && call.Name.Contains(id, StringComparison.Ordinal),
                StorageFault.Unavailable
            )
        )
        {
            using var first = await SendAsync("POST", "/api/messages", WithUpload("one", id), Json);
            first.StatusCode.ShouldBe(HttpStatusCode.Accepted, await first.Content.ReadAsStringAsync());
        }

        await RefusedAsync("POST", door, WithUpload("two", id), Json, 409, "upload-used");
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_upload_that_is_written_anew_while_it_is_taken_is_not_sent(string door)
    {
        var (id, url) = await UploadAsync();
        using var claim = (await world.World.Storage).StallWhen(
            call => call.Writes("Uploads") && call.Entities.Any(row => row.RowKey == id),
            before: true
        );

        var sending = SendAsync("POST", door, WithUpload("changed", id), Json);
        await claim.Reached.WaitAsync(Kit.Processes.Eventually.Patience);
        await PutAsync(url, "other bytes");
        claim.Release();

        using var answer = await sending;
        await IsRefusedAsync(answer, 409, "upload-changed");
    }

    private static string Message(string subject, string text = "x") =>
        new JsonObject
        {
            ["sender"] = "hanako@sender.example",
            ["recipients"] = "taro@partner.example",
            ["subject"] = subject,
            ["body"] = new JsonObject { ["text"] = text },
        }.ToJsonString();

    private static string WithUpload(string subject, string id)
    {
        var message = JsonNode.Parse(Message(subject))!;
        message["attachments"] = new JsonArray(new JsonObject { ["name"] = "a.bin", ["uploadId"] = id });
        return message.ToJsonString();
    }

    private async Task<(string Id, Uri Url)> UploadAsync()
    {
        using var answer = await SendAsync("POST", "/api/uploads", body: null, Json);
        var session = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var url = new Uri((string)session["uploadUrl"]!);
        await PutAsync(url, "some bytes");
        return ((string)session["id"]!, url);
    }

    private async Task PutAsync(Uri url, string bytes)
    {
        using var client = world.World.Authority.NewClient();
        using var put = new HttpRequestMessage(HttpMethod.Put, url);
        put.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(bytes));
        put.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var answer = await client.SendAsync(put);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
