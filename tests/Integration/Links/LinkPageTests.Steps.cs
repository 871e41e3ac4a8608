using System.Net;
using System.Net.Http.Headers;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>What people and scanners do with a link.</summary>
public sealed partial class LinkPageTests
{
    private const string Recipient = "taro@";

    private HttpClient App => world.App.Client;

    private sealed record Sent(string Id, string Address, string? Code, LinkMailSeen Mail)
    {
        public string Path => Mail.Url.AbsolutePath;
    }

    private async Task<Sent> SendAsync(string domain, string link = "{}", params string[] files)
    {
        var server = await world.AddScriptedAsync(domain, _ => new SmtpScript { OffersStartTls = false });
        var attachments = (files.Length == 0 ? ["quotation.txt"] : files).Select(name =>
            $$"""{ "name": "{{name}}", "contentType": "text/plain", "contentBytes": "{{Convert.ToBase64String("confidential"u8)}}" }"""
        );
        var json = $$"""
            { "sender": "hanako@sender.example", "recipients": ["{{Recipient}}{{domain}}"], "subject": "Quotation",
              "body": { "text": "Please find it attached." }, "attachments": [{{string.Join(',', attachments)}}],
              "options": { "link": {{link}} } }
            """;
        var accepted = await world.Api.PostJsonAsync(json);
        await world.Api.WaitForCompletionAsync(accepted.Id);
        return new Sent(
            accepted.Id,
            Recipient + domain,
            accepted.AccessCode,
            await LinkMailSeen.ReadAsync(server.Messages.Single())
        );
    }

    private Task<(HttpStatusCode Status, string Html)> PressAsync(Sent sent, int n) =>
        PostAsync($"{sent.Path}/files/{n}", ("address", sent.Address));

    private Task<(HttpStatusCode Status, string Html)> PressAsync(Sent sent, params (string, string)[] fields) =>
        PostAsync($"{sent.Path}/files/1", fields);

    private async Task<(HttpStatusCode Status, string Html)> PostAsync(string path, params (string, string)[] fields)
    {
        using var answer = await SendFormAsync($"{path}?lang=en", null, fields);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> SendFormAsync(
        string path,
        string? cookie,
        params (string Name, string Value)[] fields
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await App.SendAsync(request);
    }

    private async Task<(HttpStatusCode, string)> RangeAsync(string path, RangeConditionHeaderValue? condition)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new RangeHeaderValue(6, null);
        request.Headers.IfRange = condition;
        using var answer = await App.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<int> LinkCallsAsync(Func<Task> act)
    {
        var proxy = await world.World.Storage;
        var before = proxy.Calls.Count;
        await act();
        return proxy.CallsSince(before).Count(call => call.Entities.Any(entity => entity.Table == "Links"));
    }

    private async Task ExtendAsync(string id) => await ChangeAsync(id, "extend", """{ "expiresInHours": 200 }""");

    private Task RevokeAsync(string id) => ChangeAsync(id, "revoke", "{}");

    private async Task ChangeAsync(string id, string what, string body)
    {
        var seen = await world.Api.SeeAsync(id);
        using var answer = await world.Api.PostAsync($"/api/links/{seen.Recipients[0].Link!.Id}/{what}", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
