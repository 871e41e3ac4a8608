using Microsoft.Extensions.Logging;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Durable;

/// <summary>What the steps of all instances share.</summary>
internal sealed partial class EngineParts(
    HistoryReader reader,
    LiveOrchestrations live,
    ActivityQueue activities,
    TimerClock timers,
    Waiters waiters,
    TimeProvider clock,
    ILogger logger,
    bool strict,
    Action<string, Message> post
)
{
    /// <summary>Stands for the start of an instance that was scheduled for later.</summary>
    public const int StartTimer = -1;

    // Above every run of the past, also of instances that were purged: a late answer must not find another run of its number.
    private long _lastRun = Math.Max(reader.LastRun(), clock.GetUtcNow().ToUnixTimeMilliseconds());
    private long _lastLetter = reader.LastLetter();

    public HistoryReader Reader => reader;

    public LiveOrchestrations Live => live;

    public ActivityQueue Activities => activities;

    public TimerClock Timers => timers;

    public Waiters Waiters => waiters;

    /// <summary>Replay after every await.</summary>
    public bool Strict => strict;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public long NextRun() => Interlocked.Increment(ref _lastRun);

    public long NextLetter() => Interlocked.Increment(ref _lastLetter);

    public void Post(string id, Message message) => post(id, message);

    public void LogFailed(string orchestrator, string id, Exception why) =>
        OrchestrationFailed(logger, orchestrator, id, why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Orchestration {Orchestrator} {InstanceId} failed")]
    private static partial void OrchestrationFailed(
        ILogger logger,
        string orchestrator,
        string instanceId,
        Exception why
    );
}
