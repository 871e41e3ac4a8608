using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>What the real app refuses over HTTP.</summary>
public sealed class RefusalTests(RefusalTests.Callers world) : IClassFixture<RefusalTests.Callers>
{
    /// <summary>Two callers, and a small limit.</summary>
    public sealed class Callers : DeliveryWorld
    {
        public const string OtherKey = "the-other-callers-key-1b7d";

        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Callers__1__Name", "other"),
                ("Callers__1__KeyHash", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OtherKey)))),
                ("Callers__1__Roles__0", "sender"),
                ("Callers__1__Senders__0", "*@sender.example"),
                ("Intake__MaxBytes", "20000"),
                ("Storage__Tries", "1"),
            ];
    }

    [Fact]
    public async Task Another_callers_message_does_not_exist()
    {
        await world.AddScriptedAsync("mine.test");
        var id = (await world.Api.SendAsync(new Letter("a@mine.test"))).Id;
        var other = new MessageApi(world.App) { Key = Callers.OtherKey };

        foreach (var path in (string[])[$"/api/messages/{id}", $"/api/messages/{id}/operation"])
        {
            using var answer = await other.GetAsync(path);
            (answer.StatusCode, await TypeAsync(answer)).ShouldBe((HttpStatusCode.NotFound, "not-found"), path);
        }

        (await world.Api.WaitForCompletionAsync(id)).Id.ShouldBe(id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not-a-key")]
    public async Task Without_the_key_of_a_caller_nothing_is_taken(string? key)
    {
        var before = (await world.World.Storage).Calls.Count(IsOfIntake);

        using var answer = await new MessageApi(world.App) { Key = key }.PostAsync(new Letter("a@nobody.test"));

        (answer.StatusCode, await TypeAsync(answer)).ShouldBe((HttpStatusCode.Unauthorized, "caller-unknown"));
        (await world.World.Storage).Calls.Count(IsOfIntake).ShouldBe(before, "nothing may be written for a stranger");
    }

    [Fact]
    public async Task A_message_over_the_limit_is_413_and_nothing_of_it_is_kept()
    {
        var before = (await world.World.Storage).Calls.Count(IsOfIntake);

        using var answer = await world.Api.PostAsync(new Letter("a@large.test") { File = new byte[20_000] });

        (answer.StatusCode, await TypeAsync(answer)).ShouldBe(
            (HttpStatusCode.RequestEntityTooLarge, "message-too-large")
        );
        (await world.World.Storage).Calls.Count(IsOfIntake).ShouldBe(before);
    }

    [Theory]
    [InlineData(StorageService.Blob)]
    [InlineData(StorageService.Table)]
    public async Task While_storage_is_away_intake_answers_503_and_the_same_request_is_taken_when_it_is_back(
        StorageService service
    )
    {
        var domain = $"away-{service}.test".ToLowerInvariant();
        var (server, key) = (await world.AddScriptedAsync(domain), $"key-{service}");
        var letter = new Letter($"a@{domain}");
        using (
            (await world.World.Storage).FailWhen(
                call => call.Service == service && call.IsWrite,
                StorageFault.Unavailable
            )
        )
        {
            using var refused = await world.Api.PostAsync(letter, key);
            (refused.StatusCode, await TypeAsync(refused)).ShouldBe(
                (HttpStatusCode.ServiceUnavailable, "try-again-later")
            );
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        await world.Api.WaitForCompletionAsync((await world.Api.SendAsync(letter, key)).Id);
        server.Messages.Count.ShouldBe(1);
    }

    private static bool IsOfIntake(StorageCall call) =>
        (call is { Container: "messages", IsWrite: true, Method: "PUT" } && call.Name.Length > 0)
        || call.Writes("Index")
        || (call.Writes("Messages") && call.Entities.Any(entity => entity.Method == "POST"));

    private static async Task<string?> TypeAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return problem.RootElement.GetProperty("type").GetString();
    }
}
