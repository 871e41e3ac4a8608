using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>What a caller does with the links of a message over HTTP.</summary>
public sealed class LinkRouteTests(LinkRouteTests.TwoCallers world) : IClassFixture<LinkRouteTests.TwoCallers>
{
    private const string KitKey = "kit-caller-key-4c9a";
    private const string OtherKey = "another-callers-key-71fe";

    public sealed class TwoCallers : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Callers__1__Name", "other"),
                ("Callers__1__KeyHash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OtherKey)))),
                ("Callers__1__Roles__0", "sender"),
                ("Callers__1__Senders__0", "*@sender.example"),
            ];
    }

    [Fact]
    public async Task A_sender_lists_extends_and_revokes_the_links_of_a_message()
    {
        var (mail, id) = await LinkAsync("own.test");
        var link = (await ListAsync(id)).ShouldHaveSingleItem();
        link.GetProperty("state").GetString().ShouldBe("live");
        link.GetProperty("recipient").GetString().ShouldBe("a@own.test");
        link.GetProperty("files")[0].GetProperty("name").GetString().ShouldBe("quotation.bin");
        var linkId = link.GetProperty("id").GetString()!;
        await mail.PressAsync(world.App.Client, 1);
        (await ListAsync(id))[0].GetProperty("downloads").GetInt32().ShouldBe(1);

        var extended = await ReadAsync(await PostAsync($"/api/links/{linkId}/extend", new { expiresInHours = 720 }));
        extended
            .GetProperty("expiresAt")
            .GetDateTimeOffset()
            .ShouldBeInRange(DateTimeOffset.UtcNow.AddHours(719), DateTimeOffset.UtcNow.AddHours(720));
        (await ReadAsync(await PostAsync($"/api/links/{linkId}/revoke")))
            .GetProperty("state")
            .GetString()
            .ShouldBe("revoked");
        (await ReadAsync(await PostAsync($"/api/links/{linkId}/revoke")))
            .GetProperty("state")
            .GetString()
            .ShouldBe("revoked");

        using var page = await mail.OpenAsync(world.App.Client);
        page.StatusCode.ShouldBe(HttpStatusCode.Gone);
        using var press = await world.App.Client.PostAsync($"{mail.Url.AbsolutePath}/files/1", content: null);
        press.StatusCode.ShouldBe(HttpStatusCode.Gone);
        using var late = await PostAsync($"/api/links/{linkId}/extend", new { expiresInHours = 1 });
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await late.Content.ReadAsStringAsync()).ShouldContain("send the message again");
    }

    [Fact]
    public async Task Anothers_links_are_not_found_and_wrong_hours_are_named()
    {
        var (_, id) = await LinkAsync("foreign.test");
        var linkId = (await ListAsync(id))[0].GetProperty("id").GetString()!;

        foreach (var path in new[] { $"/api/links/{linkId}/revoke", $"/api/links/{linkId}/extend" })
        {
            using var foreign = await PostAsync(path, new { expiresInHours = 1 }, OtherKey);
            foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            using var stranger = await PostAsync(path, new { expiresInHours = 1 }, key: null);
            stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var list = await new MessageApi(world.App) { Key = OtherKey }.GetAsync($"/api/messages/{id}/links");
        list.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (
            var wrong in new object[]
            {
                new { expiresInHours = 0 },
                new { expiresInHours = 2233 },
                new { hours = 1 },
                new { expiresInHours = 1.5 },
            }
        )
        {
            using var refused = await PostAsync($"/api/links/{linkId}/extend", wrong);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("expiresInHours");
        }

        (await ListAsync(id))[0].GetProperty("state").GetString().ShouldBe("live");
    }

    private async Task<(LinkMailSeen Mail, string Id)> LinkAsync(string domain)
    {
        var server = await world.AddScriptedAsync(domain, _ => new SmtpScript { OffersStartTls = false });
        var seen = await world.Api.DeliverAsync(new Letter($"a@{domain}"));
        return (await LinkMailSeen.ReadAsync(server.Messages.Single()), seen.Id);
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string id) =>
        [
            .. (await ReadAsync(await world.Api.GetAsync($"/api/messages/{id}/links")))
                .GetProperty("links")
                .EnumerateArray(),
        ];

    private async Task<HttpResponseMessage> PostAsync(string path, object? body = null, string? key = KitKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body ?? new { }),
        };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await world.App.Client.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
