using System.Net;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>One-time codes over the app's own pages, to real servers: mailed over TLS, or not at all.</summary>
public sealed class MailedCodeTests(DeliveryWorld world) : IClassFixture<DeliveryWorld>
{
    private static readonly SmtpScript InClear = new() { OffersStartTls = false };

    [Fact]
    public async Task A_code_comes_by_TLS_and_opens_once_and_none_goes_in_clear()
    {
        var server = await world.AddScriptedAsync("codes.test");
        var (id, path) = await SendAsync("codes.test", server);
        (await world.App.Client.GetStringAsync($"{path}?lang=en")).ShouldContain($"{path}/mail-code");

        (await PostAsync($"{path}/mail-code", ("address", "scanner@codes.test"))).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        var asked = await PostAsync($"{path}/mail-code", ("address", "Taro@codes.test"));
        asked.Status.ShouldBe(HttpStatusCode.OK);
        asked.Html.ShouldContain("A code is on its way");
        await Eventually.BeTrueAsync(() => server.Messages.Count == 2, Patience, () => world.App.Output);
        var mail = server.Messages[^1];
        mail.OverTls.ShouldBeTrue();
        var text = await LinkMailTextAsync(mail);
        var code = text.Split('\n')
            .Select(line => line.Replace(" ", "", StringComparison.Ordinal).Trim())
            .Single(line => line.Length == 8 && line.All(char.IsAsciiDigit));
        text.ShouldNotContain(path.Split('/')[^1], Case.Sensitive, "link and code do not travel together");

        (await PostAsync($"{path}/code", ("code", code))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await PostAsync($"{path}/code", ("code", code))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var events = await world.Api.GetAsync($"/api/messages/{id}/events");
        (await events.Content.ReadAsStringAsync()).ShouldContain("link.code-mailed");
        $"{world.App.Output}".ShouldNotContain(code);

        // The server loses its TLS before it is probed again: nothing of the next code goes there.
        var (_, second) = await SendAsync("codes.test", server, mails: 3);
        server.Script = _ => InClear;
        (await PostAsync($"{second}/mail-code", ("address", "taro@codes.test"))).Status.ShouldBe(HttpStatusCode.OK);
        await Eventually.BeTrueAsync(
            () => $"{world.App.Output}".Contains("A mail of ours cannot be sent now", StringComparison.Ordinal),
            Patience,
            () => world.App.Output
        );
        await world.ForgetVerdictAsync("codes.test");
        server.Messages.Count.ShouldBe(3, "no code in clear");
    }

    [Fact]
    public async Task Where_the_recipients_server_has_no_TLS_the_sender_has_the_code()
    {
        var server = await world.AddScriptedAsync("plain-codes.test", _ => InClear);
        var (id, path) = await SendAsync("plain-codes.test", server);

        var page = await world.App.Client.GetStringAsync($"{path}?lang=en");
        page.ShouldContain("name=\"code\"");
        page.ShouldNotContain("mail-code");
        await PostAsync($"{path}/mail-code", ("address", "taro@plain-codes.test"));
        var code = (await world.Api.SeeAsync(id)).AccessCode.ShouldNotBeNull();
        (await PostAsync($"{path}/code", ("code", code))).Status.ShouldBe(HttpStatusCode.SeeOther);
        server.Messages.Count.ShouldBe(1, "the link mail alone");
    }

    private static TimeSpan Patience => Eventually.Patience;

    private async Task<(string Id, string Path)> SendAsync(string domain, ScriptedSmtp server, int mails = 1)
    {
        var json = $$"""
            { "sender": "hanako@sender.example", "recipients": ["taro@{{domain}}"], "subject": "Quotation",
              "body": { "text": "Please find it attached." },
              "attachments": [{ "name": "a.txt", "contentType": "text/plain", "contentBytes": "{{Convert.ToBase64String(
                "confidential"u8
            )}}" }],
              "options": { "route": "link", "link": { "accessCode": "mail" } } }
            """;
        var accepted = await world.Api.PostJsonAsync(json);
        await world.Api.WaitForCompletionAsync(accepted.Id);
        server.Messages.Count.ShouldBe(mails);
        return (accepted.Id, (await LinkMailSeen.ReadAsync(server.Messages[^1])).Url.AbsolutePath);
    }

    private static async Task<string> LinkMailTextAsync(ScriptedMessage mail) =>
        (await MimeKit.MimeMessage.LoadAsync(new MemoryStream(mail.Content))).TextBody.ShouldNotBeNull();

    private async Task<(HttpStatusCode Status, string Html)> PostAsync(
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        using var answer = await world.App.Client.PostAsync($"{path}?lang=en", form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
