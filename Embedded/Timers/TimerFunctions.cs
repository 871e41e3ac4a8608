using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NCrontab;
using TlsOrLink.Embedded.Durable;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Invocation;

namespace TlsOrLink.Embedded.Timers;

/// <summary>Runs timer functions at their times (UTC), each one run at a time; catches up once for runs that were missed.</summary>
internal sealed partial class TimerFunctions(
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    DataConverter converter,
    DurableStore store,
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<TimerFunctions> logger
) : BackgroundService
{
    public IEnumerable<string> Faults()
    {
        foreach (var function in catalog.Of(TriggerKind.Timer))
        {
            var (schedule, fault) = Read(function);
            if (schedule is null)
            {
                yield return fault!;
            }
        }
    }

    private DateTime _started;

    /// <summary>Schedules count from the start of the host, not from when their loops get a thread.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _started = Now;
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(catalog.Of(TriggerKind.Timer).Select(f => Task.Run(() => Keep(f, stoppingToken), stoppingToken)));

    private async Task Keep(Function function, CancellationToken stop)
    {
        var schedule = Read(function).Schedule!;
        var trigger = (TimerTriggerAttribute)function.Trigger;
        var last = (trigger.UseMonitor ? store.Reader.LastOccurrence(function.Name) : null) ?? _started;
        if (trigger.RunOnStartup)
        {
            last = await Run(function, schedule, last, isPastDue: false, stop);
        }

        while (!stop.IsCancellationRequested)
        {
            var next = schedule.GetNextOccurrence(last);
            var late = Now - next;
            if (late < TimeSpan.Zero)
            {
                await clock.DelayUntil(next, stop);
            }

            last = await Run(function, schedule, last, isPastDue: late > TimeSpan.FromSeconds(1), stop);
        }
    }

    private async Task<DateTime> Run(
        Function function,
        CrontabSchedule schedule,
        DateTime last,
        bool isPastDue,
        CancellationToken stop
    )
    {
        // The occurrence is noted before it runs: a crash in the run is not a missed run.
        var begun = Now;
        await store.Writer.WriteAsync(new Step { Schedule = (function.Name, begun) });
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new()
            {
                Last = last,
                Next = schedule.GetNextOccurrence(begun),
                LastUpdated = last,
            },
        };
        using var span = Spans.Start(function, null);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await pipeline.Run(new InvocationContext(function, info, scope.ServiceProvider, converter, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return begun;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(logger, function.Name, e);
        }

        return begun;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private (CrontabSchedule? Schedule, string? Fault) Read(Function function)
    {
        var given = ((TimerTriggerAttribute)function.Trigger).Schedule;
        string? missing = null;
        var text = Setting()
            .Replace(
                given,
                match =>
                {
                    var name = match.Groups["name"].Value;
                    return configuration[name] ?? (missing = name);
                }
            );
        if (missing is not null)
        {
            return (null, $"Function '{function.Name}': its schedule names setting '{missing}', which is not set.");
        }

        var hasSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        var schedule = CrontabSchedule.TryParse(
            text,
            new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds }
        );
        return schedule is null
            ? (null, $"Function '{function.Name}': schedule '{text}' is not NCrontab of five or six fields.")
            : (schedule, null);
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Setting();

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer function {Function} failed")]
    private static partial void Failed(ILogger logger, string function, Exception e);
}
