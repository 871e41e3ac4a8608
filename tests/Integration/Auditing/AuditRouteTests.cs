using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Auditing;

/// <summary>The audit trail through the real app: what it tells, who may read it, what it holds back.</summary>
public sealed class AuditRouteTests(AuditRouteTests.Audited world) : IClassFixture<AuditRouteTests.Audited>
{
    private const string AuditorKey = "auditor-key-77";
    private const string StrangerKey = "stranger-key-78";

    public sealed class Audited : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Auditing__Schedule", "* * * * * *"),
                .. Caller(1, "auditor", AuditorKey, "auditor"),
                .. Caller(2, "stranger", StrangerKey, "sender"),
            ];

        private static (string, string)[] Caller(int n, string name, string key, string role) =>
            [
                ($"Callers__{n}__Name", name),
                ($"Callers__{n}__KeyHash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))),
                ($"Callers__{n}__Roles__0", role),
            ];
    }

    private MessageApi Auditor => new(world.App) { Key = AuditorKey };

    private MessageApi Stranger => new(world.App) { Key = StrangerKey };

    [Fact]
    public async Task Everything_that_happened_is_told_and_nothing_of_the_contents()
    {
        await world.AddScriptedAsync("told.test");
        var plain = await world.AddScriptedAsync("toldplain.test", _ => new SmtpScript { OffersStartTls = false });
        var letter = new Letter("a@told.test", "b@toldplain.test");
        var seen = await world.Api.DeliverAsync(letter);
        var mail = await LinkMailSeen.ReadAsync(plain.Messages.Single());
        (await mail.OpenAsync(world.App.Client)).Dispose();
        (await mail.OpenAsync(world.App.Client)).Dispose();
        await mail.DownloadAsync(world.App.Client, world.World, 1);
        await RevokeAsync(seen.Of("b@toldplain.test").Link!.Id);
        await RevokeAsync(seen.Of("b@toldplain.test").Link!.Id);

        var text = await TextAsync(world.Api, $"/api/messages/{seen.Id}/events?verify=true");

        using var trail = JsonDocument.Parse(text);
        trail.RootElement.GetProperty("verification").GetProperty("intact").GetBoolean().ShouldBeTrue(text);
        Kinds(trail, "m").ShouldBe(["message.stored", "message.completed"]);
        Kinds(trail, "r0").ShouldBe(["recipient.accepted"]);
        Kinds(trail, "r1")
            .ShouldBe(
                ["recipient.linked", "link.opened", "link.downloaded", "link.revoked"],
                "opened once in ten minutes, revoked once"
            );
        var accepted = trail.RootElement.GetProperty("events").EnumerateArray().Single(Is("recipient.accepted"));
        accepted.GetProperty("data").GetProperty("tls").GetString().ShouldNotBeNull().ShouldStartWith("TLS");
        accepted.GetProperty("data").GetProperty("host").GetString().ShouldBe("mx.told.test");
        foreach (var secret in new[] { "a@", "b@", letter.Sender, letter.FileName, mail.Token })
        {
            text.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task A_deleted_event_is_named_and_a_stranger_sees_nothing()
    {
        await world.AddScriptedAsync("deleted.test");
        var seen = await world.Api.DeliverAsync(new Letter("a@deleted.test"));
        var path = $"/api/messages/{seen.Id}/events";
        var table = (await world.World.Azurite).NewTableClient().GetTableClient("Messages");
        await table.DeleteEntityAsync(seen.Id, "e:m:00000002");

        (await TextAsync(Auditor, $"{path}?verify=true")).ShouldContain(
            "\"verification\":{\"intact\":false,\"defects\":[{\"chain\":\"m\",\"number\":2,\"last\":2,\"kind\":\"missing\"}]}"
        );
        (await TextAsync(Auditor, path)).ShouldContain("\"verification\":null");
        using var answer = await Stranger.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_period_is_exported_to_auditors_alone()
    {
        await world.AddScriptedAsync("export.test");
        var seen = await world.Api.DeliverAsync(new Letter("a@export.test"));
        var day = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        var lines = (await TextAsync(Auditor, $"/api/events/export?from={day}"))
            .Split('\n')
            .Where(line => line.Contains(seen.Id, StringComparison.Ordinal))
            .ToList();
        lines.Count.ShouldBe(3);
        (await TextAsync(Auditor, $"/api/events/export?from={day}&format=csv")).ShouldContain($"{seen.Id},r0,1,");
        foreach (var wrong in new[] { "", "?from=yesterday", $"?from={day}&format=xml", $"?from={day}&to={day}" })
        {
            using var refused = await Auditor.GetAsync($"/api/events/export{wrong}");
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
        }

        using var forbidden = await world.Api.GetAsync($"/api/events/export?from={day}");
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Yesterday_is_sealed_by_the_timer()
    {
        // Before the day that an app seals first, also where the grace of a day has ended since it started.
        var day = DateTime.UtcNow.AddDays(-4).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        using (var unsealed = await Auditor.GetAsync($"/api/events/days/{day}"))
        {
            unsealed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        var yesterday = DateTime.UtcNow.AddMinutes(-15).AddDays(-1);
        var path = $"/api/events/days/{yesterday:yyyyMMdd}?verify=true";
        var text = await Kit.Processes.Eventually.GetAsync(
            async () =>
            {
                using var answer = await Auditor.GetAsync(path);
                return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
            },
            Eventually.Patience,
            () => world.App.Output
        );
        text.ShouldContain("\"intact\":true");
    }

    private async Task RevokeAsync(string link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/links/{link}/revoke");
        request.Headers.Add("x-functions-key", Kit.TestWorld.CallerKey);
        using var answer = await world.App.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Func<JsonElement, bool> Is(string kind) => entry => entry.GetProperty("kind").GetString() == kind;

    private static List<string?> Kinds(JsonDocument trail, string chain) =>
        [
            .. trail
                .RootElement.GetProperty("events")
                .EnumerateArray()
                .Where(entry => entry.GetProperty("chain").GetString() == chain)
                .Select(entry => entry.GetProperty("kind").GetString()),
        ];

    private static async Task<string> TextAsync(MessageApi api, string path)
    {
        using var answer = await api.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }
}
