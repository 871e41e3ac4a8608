using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using MimeKit;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Uploads;

/// <summary>Files that were uploaded to storage before the message that refers to them, through the real app and real servers.</summary>
public sealed class UploadTests(UploadWorld world) : IClassFixture<UploadWorld>
{
    [Fact]
    public async Task Uploaded_files_arrive_over_TLS_encoded_while_they_are_sent()
    {
        var server = await world.AddPostfixAsync("tls-upload.test");
        byte[][] files = [RandomNumberGenerator.GetBytes(2_000_003), RandomNumberGenerator.GetBytes(57 * 512 * 3)];
        var first = await UploadWorld.OpenAsync(world.Api);
        await world.PutBlocksAsync(first, files[0]);
        var second = await world.UploadAsync(files[1]);

        var sent = await world.Api.PostJsonAsync(UploadWorld.Json("a@tls-upload.test", first.Id, second.Id));
        var seen = await world.Api.WaitForCompletionAsync(sent.Id);

        seen.Of("a@tls-upload.test").Route.ShouldBe("tls", seen.ToString());
        var mail = (await server.WaitForMailAsync()).ShouldHaveSingleItem();
        using var mime = await MimeMessage.LoadAsync(new MemoryStream(mail.Content));
        UploadWorld.Files(mime).Select(file => file.Name).ShouldBe(["図面0.bin", "図面1.bin"]);
        UploadWorld.Files(mime).Select(file => UploadWorld.Sha(file.Bytes)).ShouldBe(files.Select(UploadWorld.Sha));
        mime.TextBody!.ShouldContain("Please find them attached.");
    }

    [Fact]
    public async Task An_uploaded_file_stays_its_own_blob_behind_a_link_and_nobody_can_change_it_any_more()
    {
        var server = await world.AddScriptedAsync("plain-upload.test", _ => new SmtpScript { OffersStartTls = false });
        var file = RandomNumberGenerator.GetBytes(1_500_000);
        var session = await world.UploadAsync(file);

        var sent = await world.Api.PostJsonAsync(UploadWorld.Json("a@plain-upload.test", session.Id));
        await world.PutAsync(session, RandomNumberGenerator.GetBytes(1_500_000));
        await world.Api.WaitForCompletionAsync(sent.Id);

        var mail = await LinkMailSeen.ReadAsync(server.Messages.Single());
        UploadWorld.Sha(await mail.DownloadAsync(world.App.Client, world.World, 1)).ShouldBe(UploadWorld.Sha(file));
        server.Messages[0].Text.ShouldNotContain(Convert.ToBase64String(file)[..60]);
        var blobs = await world.BlobsAsync("files", sent.Id);
        blobs.Count.ShouldBe(2, "the file and the mail without it: " + string.Join(' ', blobs));
    }

    [Fact]
    public async Task A_message_over_the_limit_of_mail_goes_by_link_whatever_the_server_offers()
    {
        var server = await world.AddPostfixAsync("large-upload.test");
        var file = RandomNumberGenerator.GetBytes(UploadWorld.MaxBytes * 3 / 4);
        var session = await world.UploadAsync(file);

        var sent = await world.Api.PostJsonAsync(UploadWorld.Json("a@large-upload.test", session.Id));
        var seen = await world.Api.WaitForCompletionAsync(sent.Id);

        (seen.Of("a@large-upload.test").Route, seen.Of("a@large-upload.test").State).ShouldBe(("link", "linked"));
        (await server.WaitForMailAsync()).Single().Content.Length.ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task A_form_refers_to_uploads_beside_files_of_its_own()
    {
        var server = await world.AddPostfixAsync("form-upload.test");
        var file = RandomNumberGenerator.GetBytes(10_000);
        var session = await world.UploadAsync(file);
        using var own = new ByteArrayContent([1, 2, 3]);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("hanako@sender.example"), "sender" },
            { new StringContent("a@form-upload.test"), "to" },
            { new StringContent("text"), "text" },
            { JsonContent.Create(new[] { new { name = "a.bin", uploadId = session.Id } }), "attachments" },
            { own, "attachments", "own.bin" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = form };
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        using var answer = await world.App.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var mail = (await server.WaitForMailAsync()).ShouldHaveSingleItem();
        using var mime = await MimeMessage.LoadAsync(new MemoryStream(mail.Content));
        UploadWorld.Files(mime).Select(part => part.Name).ShouldBe(["a.bin", "own.bin"]);
        UploadWorld.Sha(UploadWorld.Files(mime)[0].Bytes).ShouldBe(UploadWorld.Sha(file));
    }

    [Fact]
    public async Task An_upload_of_another_caller_one_that_is_not_there_and_one_without_a_file_are_told_by_the_field()
    {
        var others = await UploadWorld.OpenAsync(world.Other);
        (await world.PutAsync(others, [1])).ShouldBe(HttpStatusCode.Created);
        var empty = await UploadWorld.OpenAsync(world.Api);
        var none = new string('0', 32);

        var foreign = await RefusedAsync(others.Id, HttpStatusCode.BadRequest);
        foreign.ShouldBe(await RefusedAsync(none, HttpStatusCode.BadRequest), "another's is as unknown as none");
        foreign.ShouldContain("POST /api/uploads");
        (await RefusedAsync(empty.Id, HttpStatusCode.BadRequest)).ShouldContain("Nothing was uploaded");
        (await RefusedAsync("../../files", HttpStatusCode.BadRequest)).ShouldBe(foreign);
    }

    [Fact]
    public async Task An_upload_belongs_to_one_message_and_the_same_request_again_is_that_message()
    {
        await world.AddPostfixAsync("once-upload.test");
        var session = await world.UploadAsync([1, 2, 3]);
        var json = UploadWorld.Json("a@once-upload.test", session.Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.PostAsync(json, "once-upload-1")));
        var again = await world.PostAsync(json, "once-upload-1");

        answers.Append(again).Select(answer => answer.Status).ShouldAllBe(status => status == HttpStatusCode.Accepted);
        answers.Append(again).Select(answer => answer.Id).Distinct().ShouldHaveSingleItem();
        (await world.PostAsync(json, key: null)).Status.ShouldBeOneOf(
            HttpStatusCode.Conflict,
            HttpStatusCode.BadRequest
        );
        (
            await world.PostAsync(json.Replace("Drawings", "Other", StringComparison.Ordinal), "once-upload-1")
        ).Status.ShouldBe(HttpStatusCode.Conflict);
        (await world.BlobsAsync("files", again.Id!))
            .Count(name => name.Contains("/u-", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_413_and_the_session_is_free_for_another()
    {
        var session = await world.UploadAsync(new byte[20_000_001]);

        (await RefusedAsync(session.Id, HttpStatusCode.RequestEntityTooLarge)).ShouldContain("20000000");
    }

    [Fact]
    public async Task The_URL_writes_and_does_nothing_else()
    {
        var session = await world.UploadAsync([1]);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Delete })
        {
            (await world.TryAsync(method, session)).ShouldBe(HttpStatusCode.Forbidden, method.Method);
        }

        var query = System.Web.HttpUtility.ParseQueryString(session.UploadUrl.Query);
        (query["sr"], query["sp"], query["skoid"] is not null).ShouldBe(
            ("b", "cw", true),
            "one blob, by user delegation"
        );
        session.ExpiresAt.ShouldBeLessThan(DateTimeOffset.UtcNow + TimeSpan.FromHours(1.1));
    }

    [Fact]
    public async Task Who_has_too_many_sessions_open_waits()
    {
        HttpResponseMessage? last = null;
        for (var i = 0; i < 41 && last is not { StatusCode: HttpStatusCode.TooManyRequests }; i++)
        {
            last?.Dispose();
            last = await world.Greedy.PostAsync("/api/uploads", "");
        }

        last!.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 3600);
        (await last.Content.ReadAsStringAsync()).ShouldContain("too-many-uploads");
        last.Dispose();
    }

    private async Task<string> RefusedAsync(string upload, HttpStatusCode expected)
    {
        using var answer = await world.Api.PostAsync("/api/messages", UploadWorld.Json("a@x.test", upload));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        if (expected == HttpStatusCode.BadRequest)
        {
            problem.GetProperty("errors").TryGetProperty("attachments[0].uploadId", out _).ShouldBeTrue(text);
        }

        return problem.GetProperty("detail").GetString()!;
    }
}
