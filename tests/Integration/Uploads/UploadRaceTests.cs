using System.Net;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Uploads;

/// <summary>Two requests with one key that refer to one upload, held still at the moments at which they can get into each other's way.</summary>
public sealed class UploadRaceTests(UploadWorld world) : IClassFixture<UploadWorld>
{
    [Fact]
    public async Task One_that_looks_for_the_upload_while_the_other_is_taken_with_it_is_the_same_message()
    {
        await world.AddScriptedAsync("late-race.test");
        var session = await world.UploadAsync([1, 2, 3]);
        var json = UploadWorld.Json("a@late-race.test", session.Id);
        using var stall = (await world.World.Storage).StallWhen(
            call =>
                call is { Method: "HEAD", Container: "uploads" }
                && call.Name.Contains(session.Id, StringComparison.Ordinal),
            before: true
        );
        var late = world.PostAsync(json, "late-race");
        await stall.Reached.WaitAsync(Eventually.Patience);

        var first = await world.PostAsync(json, "late-race");
        stall.Release();

        first.Status.ShouldBe(HttpStatusCode.Accepted);
        (await late).ShouldBe(first);
    }

    [Fact]
    public async Task One_that_fails_does_not_give_the_upload_of_the_other_to_a_third()
    {
        await world.AddScriptedAsync("claim-race.test");
        var session = await world.UploadAsync([1, 2, 3]);
        var json = UploadWorld.Json("a@claim-race.test", session.Id);
        var proxy = await world.World.Storage;

        using var first = proxy.StallWhen(IsCopy, before: true);
        var failing = world.PostAsync(json, "claim-race");
        await first.Reached.WaitAsync(Eventually.Patience);
        // What the first one looked at is not there any more.
        (await world.PutAsync(session, [4, 5, 6])).ShouldBe(HttpStatusCode.Created);
        using var second = proxy.StallWhen(IsCopy, before: true);
        var winning = world.PostAsync(json, "claim-race");
        await second.Reached.WaitAsync(Eventually.Patience);
        first.Release();

        (await failing).Status.ShouldBe(HttpStatusCode.Conflict);
        (await world.PostAsync(json, key: null)).Status.ShouldBe(
            HttpStatusCode.ServiceUnavailable,
            "it is not decided yet"
        );
        second.Release();
        (await winning).Status.ShouldBe(HttpStatusCode.Accepted);
        (await world.PostAsync(json, key: null)).Status.ShouldBeOneOf(
            HttpStatusCode.Conflict,
            HttpStatusCode.BadRequest
        );
    }

    private static bool IsCopy(StorageCall call) =>
        call is { Method: "PUT", Container: "files" } && call.Name.Contains("/u-", StringComparison.Ordinal);
}
