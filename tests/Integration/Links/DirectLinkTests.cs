using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>Links of mode <c>sas</c>: the mail names the storage address of each file, a copy of the recipient's own.</summary>
public sealed partial class DirectLinkTests(DirectLinkTests.Direct world) : IClassFixture<DirectLinkTests.Direct>
{
    private const string FileName = "御見積書（最終版）①〜髙橋.xlsx";

    public sealed class Direct : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Links__Mode", "Sas"),
                .. Caller(1, "paged"),
                ("Callers__1__LinkMode", "page"),
                .. Caller(2, "own-host"),
                ("Callers__2__LinkBytes", "same-host"),
            ];

        private static IEnumerable<(string, string)> Caller(int n, string name) =>
            [
                ($"Callers__{n}__Name", name),
                ($"Callers__{n}__KeyHash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))),
                ($"Callers__{n}__Roles__0", "sender"),
                ($"Callers__{n}__Senders__0", "*@sender.example"),
            ];
    }

    [Fact]
    public async Task Each_recipient_has_addresses_of_copies_of_their_own_and_revoking_ends_them()
    {
        var server = await AddAsync("direct.test");
        var id = await SendAsync("""["one@direct.test", "two@direct.test"]""");
        var (one, two) = (await UrlsAsync(server, "one@direct.test"), await UrlsAsync(server, "two@direct.test"));
        one.Count.ShouldBe(2);
        one.Concat(two).Select(url => url.AbsolutePath).ShouldBeUnique();
        one[0].Query.ShouldContain("sp=r&");
        one[0].Query.ShouldContain("sr=b&");
        one[0].Query.ShouldContain("skoid=", Case.Sensitive, "signed by user delegation");
        using var client = world.World.Authority.NewClient();
        using (var file = await client.GetAsync(one[0]))
        {
            (await file.Content.ReadAsStringAsync()).ShouldBe("confidential1");
            file.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe(FileName);
        }

        var links = await LinksAsync(id);
        var first = links.Single(link => link.GetProperty("recipient").GetString() == "one@direct.test");
        first.GetProperty("isDirect").GetBoolean().ShouldBeTrue();
        first
            .GetProperty("expiresAt")
            .GetDateTimeOffset()
            .ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow + TimeSpan.FromDays(7));
        using var extended = await world.Api.PostAsync(
            $"/api/links/{first.GetProperty("id").GetString()}/extend",
            """{ "expiresInHours": 24 }"""
        );
        extended.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await extended.Content.ReadAsStringAsync()).ShouldContain("link-fixed");

        for (var i = 0; i < 2; i++)
        {
            using var revoked = await world.Api.PostAsync(
                $"/api/links/{first.GetProperty("id").GetString()}/revoke",
                "{}"
            );
            revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        foreach (var url in one)
        {
            using var gone = await client.GetAsync(url);
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound, "what was handed out is dead at once");
        }

        (await client.GetStringAsync(two[1])).ShouldBe("confidential2");
    }

    [Theory]
    [InlineData("""{ "accessCode": "generate" }""", "options.link.accessCode")]
    [InlineData("""{ "accessCode": "open sesame" }""", "options.link.accessCode")]
    [InlineData("""{ "maxDownloads": 3 }""", "options.link.maxDownloads")]
    [InlineData("""{ "expiresInHours": 169 }""", "options.link.expiresInHours")]
    [InlineData("""{ "bytes": "same-host" }""", "options.link.bytes")]
    public async Task What_a_storage_address_cannot_do_is_refused_together_with_it(string link, string field)
    {
        using var refused = await world.Api.PostAsync("/api/messages", Json("""["a@refused.test"]""", link));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var said = await refused.Content.ReadAsStringAsync();
        said.ShouldContain($"\"{field}\"");
        said.ShouldContain("options.link.mode");
    }

    [Fact]
    public async Task A_sender_may_ask_for_a_page_and_a_protected_body_always_has_one()
    {
        var server = await AddAsync("page.test");

        await SendAsync("""["paged@page.test"]""", """{ "mode": "page", "accessCode": "generate" }""");
        await SendAsync("""["protected@page.test"]""", """{ "protectBody": true }""");

        foreach (var address in new[] { "paged@page.test", "protected@page.test" })
        {
            var mail = server.Messages.Single(one => one.Recipients.Contains(address));
            (await LinkMailSeen.ReadAsync(mail)).Url.AbsolutePath.ShouldStartWith("/d/");
        }
    }

    [Theory]
    [InlineData("paged", "{}", false)]
    [InlineData("own-host", "{}", true)]
    [InlineData("kit", """{ "mode": "page", "bytes": "same-host" }""", true)]
    public async Task A_callers_settings_and_a_message_may_be_stricter(string caller, string link, bool isSameHost)
    {
        var domain = $"stricter-{caller}.test";
        var server = await AddAsync(domain);
        var isKit = caller is "kit";
        var api = new MessageApi(world.App) { Key = isKit ? TestWorld.CallerKey : caller };
        var accepted = await api.PostJsonAsync(Json($"[\"taro@{domain}\"]", link));
        await api.WaitForCompletionAsync(accepted.Id);

        var mail = await LinkMailSeen.ReadAsync(server.Messages.Single());
        mail.Url.AbsolutePath.ShouldStartWith("/d/");
        var where = await mail.PressAsync(world.App.Client, 1);
        where.AbsolutePath.StartsWith("/b/", StringComparison.Ordinal).ShouldBe(isSameHost, where.AbsolutePath);
        using var loosened = await api.PostAsync(
            "/api/messages",
            Json($"[\"taro@{domain}\"]", isSameHost ? """{ "bytes": "sas", "mode": "sas" }""" : """{ "mode": "sas" }""")
        );
        loosened.StatusCode.ShouldBe(isKit ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest);
    }

    private async Task<ScriptedSmtp> AddAsync(string domain) =>
        await world.AddScriptedAsync(domain, _ => new SmtpScript { OffersStartTls = false });

    private async Task<string> SendAsync(string recipients, string link = "{}")
    {
        var accepted = await world.Api.PostJsonAsync(Json(recipients, link));
        await world.Api.WaitForCompletionAsync(accepted.Id);
        return accepted.Id;
    }

    private static string Json(string recipients, string link) =>
        $$"""
            { "sender": "hanako@sender.example", "recipients": {{recipients}}, "subject": "Quotation", "body": { "text": "Attached." },
              "attachments": [
                { "name": "{{FileName}}", "contentBytes": "{{Convert.ToBase64String("confidential1"u8)}}" },
                { "name": "b.txt", "contentBytes": "{{Convert.ToBase64String("confidential2"u8)}}" }],
              "options": { "link": {{link}} } }
            """;

    private static async Task<IReadOnlyList<Uri>> UrlsAsync(ScriptedSmtp server, string address)
    {
        var content = server.Messages.Single(mail => mail.Recipients.Contains(address)).Content;
        using var mail = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(content));
        var text = mail.TextBody.ShouldNotBeNull();
        return
        [
            .. text.Split((char[])['\r', '\n', ' '])
                .Where(word => word.StartsWith("https://", StringComparison.Ordinal))
                .Select(word => new Uri(word)),
        ];
    }

    private async Task<List<JsonElement>> LinksAsync(string id)
    {
        using var answer = await world.Api.GetAsync($"/api/messages/{id}/links");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("links").EnumerateArray().Select(link => link.Clone())];
    }
}
