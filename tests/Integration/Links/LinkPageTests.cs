using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>A recipient's pages over HTTP: codes, limits, ZIP, ranges, renewal; and scanners that press everything.</summary>
public sealed partial class LinkPageTests(LinkPageTests.SameHost world) : IClassFixture<LinkPageTests.SameHost>
{
    public sealed class SameHost : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [("Links__Bytes", "SameHost"), ("Links__MaxDownloads", "2")];
    }

    [Fact]
    public async Task A_generated_code_opens_the_page_and_five_wrong_ones_lock_it_until_the_sender_extends()
    {
        var sent = await SendAsync("code.test", """{ "accessCode": "generate" }""");
        sent.Code.ShouldNotBeNull();
        sent.Mail.Text.ShouldNotContain(sent.Code!);
        sent.Mail.Text.ShouldNotContain("never be asked for a password");
        (await ReadAsync(await App.GetAsync(sent.Path))).ShouldNotContain("quotation.txt");
        (await PressAsync(sent, ("address", sent.Address))).Html.ShouldContain("name=\"code\"");

        for (var i = 0; i < 4; i++)
        {
            (await PostAsync($"{sent.Path}/code", ("code", $"wrong-{i}"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await PostAsync($"{sent.Path}/code", ("code", "wrong-4"))).Html.ShouldNotContain("name=\"code\"");
        (await PostAsync($"{sent.Path}/code", ("code", sent.Code!))).Status.ShouldBe(HttpStatusCode.Forbidden);
        await ExtendAsync(sent.Id);
        using var right = await SendFormAsync($"{sent.Path}/code", null, ("code", sent.Code!.ToLowerInvariant()));
        right.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var cookie = right.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain($"path={sent.Path}");
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        var pass = cookie.Split(';')[0];
        using var file = await SendFormAsync($"{sent.Path}/files/1", pass, ("address", sent.Address));
        file.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var page = new HttpRequestMessage(HttpMethod.Get, sent.Path) { Headers = { { "Cookie", pass } } };
        (await ReadAsync(await App.SendAsync(page))).ShouldContain("quotation.txt");
    }

    [Fact]
    public async Task Bytes_under_our_own_host_come_whole_in_ranges_and_not_for_an_old_version()
    {
        var sent = await SendAsync("bytes.test");
        using var press = await SendFormAsync($"{sent.Path}/files/1", null, ("address", sent.Address));
        press.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var path = press.Headers.Location!.AbsolutePath;
        path.ShouldStartWith("/b/");
        path.ShouldNotContain(sent.Mail.Token);

        using var whole = await App.GetAsync(path);
        (await whole.Content.ReadAsStringAsync()).ShouldBe("confidential");
        whole.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("quotation.txt");
        var etag = whole.Headers.ETag.ShouldNotBeNull();
        (await RangeAsync(path, null)).ShouldBe((HttpStatusCode.PartialContent, "ential"));
        (await RangeAsync(path, new RangeConditionHeaderValue(etag))).ShouldBe(
            (HttpStatusCode.PartialContent, "ential")
        );
        (await RangeAsync(path, new RangeConditionHeaderValue("\"other\""))).ShouldBe(
            (HttpStatusCode.OK, "confidential"),
            "If-Range of another version gets all of this one"
        );
        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        using var headers = await App.SendAsync(head);
        headers.Content.Headers.ContentLength.ShouldBe(12);
        using var forged = await App.GetAsync(path[..^4] + "AAAA");
        forged.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await RevokeAsync(sent.Id);
        using var gone = await App.GetAsync(path);
        gone.StatusCode.ShouldBe(HttpStatusCode.Gone, "what was handed out before ends with the link");
    }

    [Fact]
    public async Task All_files_come_as_one_ZIP_with_their_own_names()
    {
        var sent = await SendAsync("zip.test", files: ["御見積書（最終版）①〜髙橋.xlsx", "a.txt", "A.txt"]);

        using var answer = await SendFormAsync($"{sent.Path}/zip", null, ("address", sent.Address));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        await using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        zip.Entries.Select(entry => entry.FullName).ShouldBe(["御見積書（最終版）①〜髙橋.xlsx", "a.txt", "A (2).txt"]);
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            (await reader.ReadToEndAsync()).ShouldBe("confidential");
        }
    }

    [Fact]
    public async Task A_limit_counts_presses_of_the_holder_alone()
    {
        var sent = await SendAsync("limit.test", files: ["one.txt", "two.txt", "three.txt"]);
        (await PressAsync(sent)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PressAsync(sent, ("address", "somebody@limit.test"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PressAsync(sent, ("address", sent.Address.ToUpperInvariant()))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await PressAsync(sent, 2)).Status.ShouldBe(HttpStatusCode.SeeOther);

        (await PressAsync(sent, 3)).Status.ShouldBe(HttpStatusCode.Gone, "two downloads are used");
        (await PressAsync(sent, 2)).Status.ShouldBe(
            HttpStatusCode.SeeOther,
            "the second is pressed again when it stops"
        );
    }

    [Fact]
    public async Task A_new_link_is_asked_for_once_a_day_by_the_recipient_alone()
    {
        var inbox = await world.AddScriptedAsync("sender.example");
        var sent = await SendAsync("renew.test", """{ "maxDownloads": 1 }""");
        await PressAsync(sent, ("address", sent.Address));

        (await PostAsync($"{sent.Path}/renew")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync($"{sent.Path}/renew", ("address", "x@renew.test"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        for (var i = 0; i < 3; i++)
        {
            var asked = await PostAsync($"{sent.Path}/renew", ("address", sent.Address));
            asked.Status.ShouldBe(HttpStatusCode.OK);
            asked.Html.ShouldContain("We have told the sender");
        }

        await Eventually.BeTrueAsync(() => inbox.Messages.Count > 0, Eventually.Patience, () => world.App.Output);
        var mail = inbox.Messages.ShouldHaveSingleItem();
        var text = (await MimeKit.MimeMessage.LoadAsync(new MemoryStream(mail.Content))).TextBody;
        text.ShouldNotBeNull().ShouldContain(sent.Address);
        text.ShouldNotContain("quotation.txt");
        text.ShouldNotContain(sent.Mail.Token);
        (await App.GetAsync(sent.Path)).StatusCode.ShouldBe(HttpStatusCode.Gone, "nothing was extended");
    }
}
