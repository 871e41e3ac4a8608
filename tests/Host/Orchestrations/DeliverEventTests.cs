using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Subscriptions;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Orchestrations;

/// <summary>The pushing of one event, with and without a replay after every await.</summary>
public sealed class DeliverEventTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Start = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly EventOrder Order = new("kit", Id, Id, "r0", 3);

    /// <summary>A subscriber that fails twice, and one that fails for good.</summary>
    internal sealed class Subscriber(Notes notes)
    {
        [Function(nameof(PostEvent))]
        public PostEvent.Result Post([ActivityTrigger] PostEvent.Input input)
        {
            input.Order.ShouldBe(Order);
            input.Begun.ShouldBe(Start.UtcDateTime);
            notes.Add($"try {input.Attempt}");
            return new(input.Attempt < 2 ? TimeSpan.FromHours(1 + input.Attempt) : null);
        }
    }

    /// <summary>Fails as no retry mends.</summary>
    internal sealed class Broken(Notes notes)
    {
        [Function(nameof(PostEvent))]
        public PostEvent.Result Post([ActivityTrigger] PostEvent.Input input)
        {
            notes.Add($"try {input.Attempt}");
            throw new InvalidOperationException("broken");
        }
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task It_is_tried_again_when_its_wait_is_over_and_not_before_and_is_begun_once(bool replay)
    {
        var clock = new FakeTimeProvider(Start);
        await using var world = await EngineWorld.Start(
            new EngineWorldOptions { ReplayAfterEveryAwait = replay, Clock = clock },
            typeof(DeliverEvent),
            typeof(Subscriber)
        );

        await BeginAsync(world);
        await BeginAsync(world);
        await WaitsAsync(world, Start.AddHours(1));
        clock.Advance(TimeSpan.FromMinutes(59));
        world.Notes.Lines.ShouldBe(["try 0"]);
        clock.Advance(TimeSpan.FromMinutes(1));
        await WaitsAsync(world, Start.AddHours(3));
        world.Notes.Lines.ShouldBe(["try 0", "try 1"]);
        clock.Advance(TimeSpan.FromHours(2));

        (await world.End(Order.Key)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        world.Notes.Lines.ShouldBe(["try 0", "try 1", "try 2"]);
        await BeginAsync(world);
        world.Notes.Lines.Count.ShouldBe(3, "what is over is not begun again");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task What_no_try_mends_is_given_up_and_logged(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(DeliverEvent), typeof(Broken));

        await BeginAsync(world);

        (await world.End(Order.Key)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        world.Logs.Lines.ShouldContain(line =>
            line.Contains($"{Order.EventId} was given up", StringComparison.Ordinal)
        );
    }

    private static Task BeginAsync(EngineWorld world) =>
        DeliveryStart.StartOnceAsync(world.Client, nameof(DeliverEvent), Order.Key, Order, default);

    private static Task WaitsAsync(EngineWorld world, DateTimeOffset until) =>
        EngineWorld.Until(
            () => Task.FromResult(world.Engine.Parts.Reader.NextTimer(DateTime.MinValue) == until.UtcDateTime),
            $"the timer of {until:t} to be on disk"
        );
}
