using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>"A durable timer can fire up to one second early …", and what follows it.</summary>
public sealed class TimerAndEventTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_durable_timer_fires_when_it_is_due(bool replay)
    {
        await using var world = await Start(replay);
        var id = await Begin(world, nameof(Durables.Sleep), TimeSpan.FromDays(30));
        await TimerIsSet(world);

        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(2));
        (await world.Client.GetInstanceAsync(id))!.IsRunning.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(2));

        (await world.End(id)).ReadOutputAs<TimeSpan>().ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_durable_timer_can_fire_up_to_one_second_early()
    {
        await using var world = await Start(false, new() { ["Embedded:TimerEarliness"] = "00:00:01" });
        var id = await Begin(world, nameof(Durables.Sleep), TimeSpan.FromHours(1));
        await TimerIsSet(world);

        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));

        (await world.End(id)).ReadOutputAs<TimeSpan>().ShouldBe(TimeSpan.FromSeconds(-1));
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task An_uncancelled_timer_keeps_the_instance_Running_until_it_fires(bool replay)
    {
        await using var world = await Start(replay);
        var id = await Begin(world, nameof(Durables.ForgetTimer), "");
        await EngineWorld.Until(() => Task.FromResult(world.Notes.Count("done") == 1), "the activity to end");
        await world.Run(nameof(Durables.Echo), "another turn of the engine");

        (await world.Client.GetInstanceAsync(id))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
        _clock.Advance(TimeSpan.FromHours(1));

        (await world.End(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_cancelled_timer_does_not_keep_the_instance_Running(bool replay)
    {
        await using var world = await Start(replay);

        (await world.Run(nameof(Durables.CancelTimer))).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_time_out_of_30_days_throws_TaskCanceledException(bool replay)
    {
        await using var world = await Start(replay);
        var id = await Begin(world, nameof(Durables.WaitWithTimeout), "");
        await TimerIsSet(world);

        _clock.Advance(TimeSpan.FromDays(30));

        (await world.End(id)).ReadOutputAs<string>().ShouldBe("timed out");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task An_event_within_a_time_out_of_30_days_ends_the_wait_and_its_timer(bool replay)
    {
        await using var world = await Start(replay);
        var id = await Begin(world, nameof(Durables.WaitWithTimeout), "");
        await TimerIsSet(world);

        await world.Client.RaiseEventAsync(id, "Go", "on");

        (await world.End(id)).ReadOutputAs<string>().ShouldBe("on");
        world.Engine.Parts.Reader.NextTimer(DateTime.MinValue).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Event_names_match_without_case_and_early_events_are_kept(bool replay)
    {
        await using var world = await Start(replay);
        var id = await Begin(world, nameof(Durables.WaitLate), "");
        await world.Client.RaiseEventAsync(id, "Second", "a");
        await world.Client.RaiseEventAsync(id, "sECOND", "b");
        await world.Client.RaiseEventAsync(id, "FIRST", "go");

        (await world.End(id)).ReadOutputAs<string[]>().ShouldBe(["a", "b"]);
    }

    private Task<EngineWorld> Start(bool replay, Dictionary<string, string?>? settings = null) =>
        EngineWorld.Start(
            new EngineWorldOptions
            {
                ReplayAfterEveryAwait = replay,
                Clock = _clock,
                Settings = settings ?? [],
            },
            typeof(Durables),
            typeof(BasicFunctions)
        );

    private static Task<string> Begin(EngineWorld world, string name, object input) =>
        world.Client.ScheduleNewOrchestrationInstanceAsync(name, input, CancellationToken.None);

    private static Task TimerIsSet(EngineWorld world) =>
        EngineWorld.Until(
            () => Task.FromResult(world.Engine.Parts.Reader.NextTimer(DateTime.MinValue) is not null),
            "the timer to be on disk"
        );
}
