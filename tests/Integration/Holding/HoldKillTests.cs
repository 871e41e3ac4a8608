using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Holding;

/// <summary>The app is killed while a message is held, and between the decision and the word of it.</summary>
public sealed class HoldKillTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public async Task The_timer_and_the_decision_survive_a_kill()
    {
        var server = await world.AddScriptedAsync("killed.test");
        var moment = DateTimeOffset.UtcNow.AddSeconds(6);
        var timed = (await world.Sender.PostAsync(new { holdUntil = moment }, "timed@killed.test")).Id;
        var manual = (await world.Sender.PostAsync(new { hold = "manual" }, "manual@killed.test")).Id;

        // The release is in the row, and nobody hears of it: neither the caller nor the orchestration.
        using (
            var stall = (await world.World.Storage).StallWhen(
                call => call.Writes("Messages", "m") && call.Entities.Any(entity => entity.PartitionKey == manual),
                before: false
            )
        )
        {
            var releasing = world.Sender.DecideAsync(manual, "release");
            await stall.Reached.WaitAsync(Patience);
            world.App.Kill();
            await Should.ThrowAsync<HttpRequestException>(releasing);
        }

        await world.App.RestartAsync();

        await world.Sender.WaitAsync(manual, "completed");
        await world.Sender.WaitAsync(timed, "completed");
        server
            .Messages.Select(mail => mail.Recipients.Single())
            .Order(StringComparer.Ordinal)
            .ShouldBe(["manual@killed.test", "timed@killed.test"]);
        server
            .Messages.Single(mail => mail.Recipients.Contains("timed@killed.test"))
            .At.ShouldBeGreaterThanOrEqualTo(moment);
    }
}
