using System.Net;
using System.Text;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>Passphrases agreed once with a partner (取引先合言葉), over the API and on the page.</summary>
public sealed class PassphraseTests(PassphraseTests.Policy world) : IClassFixture<PassphraseTests.Policy>
{
    private readonly Dictionary<string, ScriptedSmtp> servers = new(StringComparer.Ordinal);

    public sealed class Policy : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Callers__0__Roles__1", "policy"),
                ("Callers__1__Name", "plain"),
                ("Callers__1__KeyHash", "a116c9ed46d6207734a43317d30fd88f52ac8634c37d904bbf4e41d865f90475"),
                ("Callers__1__Roles__0", "sender"),
            ];
    }

    [Fact]
    public async Task A_passphrase_opens_the_links_of_its_partner_and_of_nobody_else()
    {
        (await PutAsync("phrase.test", "さくら咲く頃に")).ShouldBe(HttpStatusCode.NoContent);
        (await PutAsync("boss@phrase.test", "only for the boss")).ShouldBe(HttpStatusCode.NoContent);
        await AddAsync("phrase.test");
        await AddAsync("stranger.test");

        var (_, staff) = await SendAsync("staff@phrase.test");
        var (_, boss) = await SendAsync("boss@phrase.test");
        var (code, stranger) = await SendAsync("a@stranger.test");

        (await world.App.Client.GetStringAsync($"{staff}?lang=ja")).ShouldContain("取引先合言葉");
        (await OpenAsync(staff, "さくら 咲く頃に")).ShouldBe(HttpStatusCode.SeeOther);
        (await OpenAsync(boss, "さくら咲く頃に")).ShouldBe(HttpStatusCode.Forbidden, "an address counts first");
        (await OpenAsync(boss, "ONLY FOR THE BOSS")).ShouldBe(HttpStatusCode.SeeOther);
        (await OpenAsync(stranger, "さくら咲く頃に")).ShouldBe(HttpStatusCode.Forbidden);
        (await OpenAsync(stranger, code.ShouldNotBeNull())).ShouldBe(HttpStatusCode.SeeOther, "nothing was agreed");

        (await RemoveAsync("phrase.test")).ShouldBe(HttpStatusCode.NoContent);
        (await RemoveAsync("phrase.test")).ShouldBe(HttpStatusCode.NotFound);
        (await OpenAsync(staff, "さくら咲く頃に")).ShouldBe(HttpStatusCode.SeeOther, "links that are out keep theirs");
        var (anew, later) = await SendAsync("staff@phrase.test");
        (await OpenAsync(later, anew.ShouldNotBeNull())).ShouldBe(HttpStatusCode.SeeOther);
        $"{world.App.Output}".ShouldNotContain("さくら");
        var row = await (await world.World.Azurite)
            .NewTableClient()
            .GetTableClient("Passphrases")
            .QueryAsync<Azure.Data.Tables.TableEntity>()
            .ToListAsync();
        var kept = row.ShouldHaveSingleItem().GetString("Hash");
        kept.ShouldNotContain("the boss", Case.Insensitive);
        kept.ShouldNotContain("THEBOSS", Case.Insensitive);
    }

    [Theory]
    [InlineData("""{ "partner": "phrase.test", "passphrase": "short" }""", "passphrase")]
    [InlineData("""{ "partner": "phrase.test" }""", "passphrase")]
    [InlineData("""{ "partner": "no partner", "passphrase": "long enough" }""", "partner")]
    [InlineData("""{ "passphrase": "long enough" }""", "partner")]
    [InlineData("nonsense", "$")]
    public async Task What_is_wrong_is_named(string body, string field)
    {
        using var answer = await AskAsync(HttpMethod.Put, "/api/passphrases", body, TestWorld.CallerKey);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"{field}\"");
    }

    [Theory]
    [InlineData("plain", HttpStatusCode.Forbidden)]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    public async Task Only_the_role_policy_may(string key, HttpStatusCode status)
    {
        const string body = """{ "partner": "phrase.test", "passphrase": "long enough" }""";
        using var put = await AskAsync(HttpMethod.Put, "/api/passphrases", body, key);
        using var remove = await AskAsync(HttpMethod.Post, "/api/passphrases/remove", body, key);

        put.StatusCode.ShouldBe(status);
        remove.StatusCode.ShouldBe(status);
    }

    private Task<HttpStatusCode> PutAsync(string partner, string passphrase) =>
        StatusAsync(
            HttpMethod.Put,
            "/api/passphrases",
            $$"""{ "partner": "{{partner}}", "passphrase": "{{passphrase}}" }"""
        );

    private Task<HttpStatusCode> RemoveAsync(string partner) =>
        StatusAsync(HttpMethod.Post, "/api/passphrases/remove", $$"""{ "partner": "{{partner}}" }""");

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string body)
    {
        using var answer = await AskAsync(method, path, body, TestWorld.CallerKey);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string body, string key)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-functions-key", key);
        return await world.App.Client.SendAsync(request);
    }

    private async Task AddAsync(string domain) =>
        servers[domain] = await world.AddScriptedAsync(domain, _ => new SmtpScript { OffersStartTls = false });

    private async Task<(string? Code, string Path)> SendAsync(string address)
    {
        var json = $$"""
            { "sender": "hanako@sender.example", "recipients": ["{{address}}"], "subject": "Quotation", "body": { "text": "Attached." },
              "attachments": [{ "name": "a.txt", "contentBytes": "{{Convert.ToBase64String("confidential"u8)}}" }],
              "options": { "link": { "accessCode": "passphrase" } } }
            """;
        var accepted = await world.Api.PostJsonAsync(json);
        await world.Api.WaitForCompletionAsync(accepted.Id);
        var mail = servers[address.Split('@')[1]].Messages[^1];
        return (accepted.AccessCode, (await LinkMailSeen.ReadAsync(mail)).Url.AbsolutePath);
    }

    private async Task<HttpStatusCode> OpenAsync(string path, string code)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("code", code)]);
        using var answer = await world.App.Client.PostAsync($"{path}/code", form);
        return answer.StatusCode;
    }
}
