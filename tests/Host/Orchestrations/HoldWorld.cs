using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Events;
using TlsOrLink.Functions.Activities;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Holding;
using TlsOrLink.Messages;
using TlsOrLink.Sending;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Host.World;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Host.Orchestrations;

/// <summary>The real orchestrator and the real hold, over storage in memory; what would send only notes it.</summary>
internal sealed class HoldWorld : IAsyncDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    public static readonly DateTimeOffset Start = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    private readonly EngineWorld engine;
    private readonly FakeTimeProvider clock;

    private HoldWorld(EngineWorld engine, FakeTimeProvider clock) => (this.engine, this.clock) = (engine, clock);

    public IReadOnlyList<string> Steps => engine.Notes.Lines;

    private MessageTable Messages => engine.Host.Services.GetRequiredService<MessageTable>();

    private Holds Holds => engine.Host.Services.GetRequiredService<Holds>();

    /// <summary>Stores a message that is held by <paramref name="order"/>, starts its delivery, and waits until it waits.</summary>
    public static async Task<HoldWorld> HoldAsync(bool replay, HoldOrder order, bool starts = true)
    {
        var time = new FakeTimeProvider(Start);
        var host = await EngineWorld.Start(
            new EngineWorldOptions
            {
                ReplayAfterEveryAwait = replay,
                Clock = time,
                Configure = builder =>
                    builder
                        .Services.AddSingleton<TableServiceClient, MemoryTables>()
                        .AddSingleton(
                            Options.Create(new StorageOptions { HashKey = Convert.ToBase64String(new byte[32]) })
                        )
                        .AddSingleton(Options.Create(new HoldingOptions()))
                        .AddSingleton(Chained.Key)
                        .AddSingleton<DueTable>()
                        .AddSingleton<IEventWatch, NoWatch>()
                        .AddSingleton<EventNotes>()
                        .AddSingleton<ChainedWrites>()
                        .AddSingleton<MessageTable>()
                        .AddSingleton<Holds>(),
            },
            typeof(DeliverMessage),
            typeof(CheckHold),
            typeof(Doers)
        );
        var world = new HoldWorld(host, time);
        var message = new MessageRow(Id)
        {
            Attempt = "0123abcd",
            Sender = "hanako@sender.example",
            State = MessageState.Held,
            CreatedAt = Start,
        };
        message.Hold(order);
        await world.Messages.AddAsync(
            [
                message,
                new RecipientRow(Id, message.Attempt, 0) { Domain = "partner.example", State = RecipientState.Held },
            ],
            default
        );
        if (starts)
        {
            await world.StartAsync();
            await world.WaitsAsync();
        }

        return world;
    }

    /// <summary>Starts the delivery, as intake and the reconciler do.</summary>
    public async Task StartAsync() =>
        await DeliveryStart.StartAsync(engine.Client, await MessageAsync(), run: 0, default);

    public async Task<MessageRow> MessageAsync() => (await Messages.FindAsync(Id, default))!;

    public async Task<RecipientState> RecipientAsync() =>
        (await Messages.PartitionAsync(Id, default))!.Recipients.Single().State;

    /// <summary>Decides in the row, and says so unless the app dies in between.</summary>
    public async Task DecideAsync(Decision decision, string actor = "caller:kit", bool wakes = true)
    {
        (await Holds.DecideAsync(Id, decision, actor, default)).Ruling.ShouldBe(Ruling.Done);
        if (wakes)
        {
            await WakeAsync();
        }
    }

    public Task<bool> WakeAsync() => DeliveryWake.RaiseAsync(engine.Client, Id, default);

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan time) => clock.Advance(time);

    /// <summary>Waits until the orchestration waits for nothing but its timer and the event.</summary>
    public Task WaitsAsync() =>
        EngineWorld.Until(
            () => Task.FromResult(engine.Engine.Parts.Reader.NextTimer(DateTime.MinValue) is not null),
            "the timer of the hold to be on disk"
        );

    /// <summary>The moment for which the timer is set.</summary>
    public DateTime? Timer => engine.Engine.Parts.Reader.NextTimer(DateTime.MinValue);

    /// <summary>Waits until a step was taken.</summary>
    public Task TakesAsync(string step) =>
        EngineWorld.Until(() => Task.FromResult(Steps.Contains(step)), $"{step}; so far: {string.Join(", ", Steps)}");

    /// <summary>Waits for the end, which must be a good one, with no timer left behind.</summary>
    public async Task EndsAsync()
    {
        var end = await engine.End(Id);
        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, end.SerializedOutput);
        Timer.ShouldBeNull();
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>The activities that would send.</summary>
    internal sealed class Doers(Notes notes, Holds holds)
    {
        [Function(nameof(BeginRound))]
        public RoundWork BeginRound([ActivityTrigger] BeginRound.Input input)
        {
            notes.Add("begin");
            return new RoundWork("0123abcd", Start, $"\"{input.Round}\"", [], TimeSpan.Zero, RouteOption.Auto, null);
        }

        [Function(nameof(CompleteMessage))]
        public void CompleteMessage([ActivityTrigger] CompleteMessage.Input input) =>
            notes.Add(input.ETag.Length == 0 ? "close" : "complete");

        [Function("TakeOutFiles")]
        public void TakeOutFiles([ActivityTrigger] TlsOrLink.Functions.Activities.TakeOutFiles.Input input) =>
            notes.Add($"take out {input.Id[..4]}");

        [Function(nameof(AskApprovers))]
        public Task AskApprovers([ActivityTrigger] AskApprovers.Input input)
        {
            notes.Add("ask");
            return holds.NoteAsync(input.Id, (row, now) => row.ApproversAskedAt = now, default);
        }

        [Function(nameof(OrderOwnMail))]
        public void OrderOwnMail([ActivityTrigger] OwnMailOrder order) => notes.Add($"mail {order.Kind}");
    }
}
