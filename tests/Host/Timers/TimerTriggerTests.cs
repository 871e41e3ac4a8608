using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Timers;

/// <summary>"A TimerTrigger runs on one instance at a time, catches up once when past due (IsPastDue)."</summary>
public sealed class TimerTriggerTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 9, 9, 0, 30, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("timers-").FullName;

    [Fact]
    public async Task Runs_at_its_times()
    {
        await using var world = await Start(typeof(EveryMinute));
        await Advance(world, TimeSpan.FromSeconds(30), 1);
        await Advance(world, TimeSpan.FromSeconds(60), 2);

        world.Notes.Lines.ShouldBe(["09:01:00 False", "09:02:00 False"]);
    }

    [Fact]
    public async Task Catches_up_once_when_past_due()
    {
        await using (var world = await Start(typeof(EveryMinute)))
        {
            await Advance(world, TimeSpan.FromSeconds(30), 1);
        }

        _clock.Advance(TimeSpan.FromMinutes(10));
        await using var later = await Start(typeof(EveryMinute));
        await EngineWorld.Until(() => Task.FromResult(later.Notes.Lines.Count == 1), "the missed run");
        await Advance(later, TimeSpan.FromMinutes(1), 2);

        later.Notes.Lines.ShouldBe(["09:11:00 True", "09:12:00 False"]);
    }

    [Fact]
    public async Task One_run_at_a_time()
    {
        await using var world = await Start(typeof(Slow));
        await Advance(world, TimeSpan.FromSeconds(30), 1);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await world.Client.GetInstanceAsync("any");

        world.Notes.Lines.ShouldBe(["begin"]);
        world.Notes.Gate("slow").SetResult();
        await EngineWorld.Until(() => Task.FromResult(world.Notes.Count("begin") == 2), "the next run");
        world.Notes.Lines.Take(3).ShouldBe(["begin", "end", "begin"]);
    }

    [Fact]
    public async Task Runs_on_startup_where_asked_and_takes_its_schedule_from_a_setting()
    {
        await using var world = await Start(typeof(OnStartup));

        await EngineWorld.Until(() => Task.FromResult(world.Notes.Lines.Count == 1), "the run at the start");
    }

    [Fact]
    public async Task A_run_that_fails_does_not_end_the_schedule()
    {
        await using var world = await Start(typeof(Failing));
        await Advance(world, TimeSpan.FromSeconds(30), 1);
        await Advance(world, TimeSpan.FromSeconds(60), 2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<EngineWorld> Start(Type function) =>
        EngineWorld.Start(
            new EngineWorldOptions
            {
                Clock = _clock,
                Folder = _folder,
                Settings = new() { ["Cleaning:Schedule"] = "0 0 0 1 1 *" },
            },
            function
        );

    private async Task Advance(EngineWorld world, TimeSpan by, int runs)
    {
        var begun = world.Notes.Lines.Count;
        _clock.Advance(by);
        await EngineWorld.Until(() => Task.FromResult(world.Notes.Lines.Count >= runs), $"run {runs} after {begun}");
    }

    internal sealed class EveryMinute(Notes notes, TimeProvider clock)
    {
        [Function(nameof(EveryMinute))]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) =>
            notes.Add($"{clock.GetUtcNow():HH:mm:00} {timer.IsPastDue}");
    }

    internal sealed class Slow(Notes notes)
    {
        [Function(nameof(Slow))]
        public async Task Run([TimerTrigger("* * * * *")] TimerInfo timer)
        {
            notes.Add("begin");
            await notes.Gate("slow").Task;
            notes.Add("end");
        }
    }

    internal sealed class OnStartup(Notes notes)
    {
        [Function(nameof(OnStartup))]
        public void Run([TimerTrigger("%Cleaning:Schedule%", RunOnStartup = true)] TimerInfo timer) => notes.Add("ran");
    }

    internal sealed class Failing(Notes notes)
    {
        [Function(nameof(Failing))]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            notes.Add("ran");
            throw new InvalidOperationException("no");
        }
    }
}
