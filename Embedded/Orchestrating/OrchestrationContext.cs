using System.Globalization;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TlsOrLink.Embedded.History;

namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>The context that an orchestrator sees. Every member is for the orchestrator's thread only.</summary>
internal sealed class OrchestrationContext(
    OrchestrationStart start,
    OrchestrationSettings settings,
    OrchestratorThread thread,
    OrchestrationState state
) : TaskOrchestrationContext
{
    private const int StatusLimitBytes = 16 * 1024;
    private int _guids;

    public override TaskName Name => start.Name;

    public override string InstanceId => start.InstanceId;

    public override ParentOrchestrationInstance? Parent => start.Parent;

    public override DateTime CurrentUtcDateTime => state.Now;

    public override bool IsReplaying => state.IsReplaying;

    public override string Version => state.Version;

    protected override ILoggerFactory LoggerFactory => settings.Loggers;

    public override T? GetInput<T>()
        where T : default => state.Input is { } json ? settings.Converter.Deserialize<T>(json) : default;

    public override Task<TResult> CallActivityAsync<TResult>(
        TaskName name,
        object? input = null,
        TaskOptions? options = null
    )
    {
        thread.Demand(nameof(CallActivityAsync));
        RefuseOptionsAsInput(input, options);
        return Retries.Run(this, options?.Retry, () => Schedule<TResult>(name, input));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName,
        object? input = null,
        TaskOptions? options = null
    )
    {
        thread.Demand(nameof(CallSubOrchestratorAsync));
        RefuseOptionsAsInput(input, options);
        var id = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        var version = options?.Version is { } chosen ? chosen.Version : start.DefaultVersion;
        return Retries.Run(this, options?.Retry, () => ScheduleSub<TResult>(orchestratorName, input, id, version));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        thread.Demand(nameof(CreateTimer));
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var due = fireAt.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        var timer = Open<object>("timer");
        state.Decide(EventKind.TimerCreated, timer.Id, null, due, null);
        cancellationToken.UnsafeRegister(
            _ => Cancel(timer, cancellationToken, () => state.CancelTimer(timer.Id)),
            null
        );
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        thread.Demand(nameof(WaitForExternalEvent));
        var waiter = new OpenTask<T>(settings.Converter) { Name = eventName };
        state.Events.Await(waiter);
        cancellationToken.UnsafeRegister(_ => Cancel(waiter, cancellationToken, () => { }), null);
        return waiter.Result;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        thread.Demand(nameof(SendEvent));
        state.Decide(EventKind.EventSent, state.NextId(), eventName, settings.Converter.Serialize(payload), instanceId);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        thread.Demand(nameof(SetCustomStatus));
        var json = settings.Converter.Serialize(customStatus) ?? "null";
        if (json.Length * sizeof(char) > StatusLimitBytes)
        {
            throw state.Doom(
                new OrchestrationOffenceException(
                    $"The custom status is {json.Length * sizeof(char)} bytes of UTF-16 as JSON; at most 16 KB are allowed."
                )
            );
        }

        state.CustomStatus = json;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(
            new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents }
        );

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        thread.Demand(nameof(ContinueAsNew));
        state.Next = new NextRun(
            settings.Converter.Serialize(options.NewInput),
            string.IsNullOrWhiteSpace(options.NewVersion) ? state.Version : options.NewVersion,
            options.PreserveUnprocessedEvents
        );
    }

    public override Guid NewGuid()
    {
        thread.Demand(nameof(NewGuid));
        var name = string.Create(CultureInfo.InvariantCulture, $"{InstanceId}_{CurrentUtcDateTime:o}_{_guids++}");
        return NameGuid.Create(Encoding.UTF8.GetBytes(name));
    }

    private Task<T> Schedule<T>(TaskName name, object? input)
    {
        var activity = Open<T>(name);
        state.Decide(EventKind.TaskScheduled, activity.Id, name, settings.Converter.Serialize(input), null);
        return activity.Result;
    }

    private Task<T> ScheduleSub<T>(TaskName name, object? input, string id, string version)
    {
        var child = Open<T>(name);
        state.Decide(
            EventKind.SubOrchestrationScheduled,
            child.Id,
            name,
            settings.Converter.Serialize(input),
            $"{id}\n{version}"
        );
        return child.Result;
    }

    private OpenTask<T> Open<T>(string name)
    {
        var task = new OpenTask<T>(settings.Converter) { Name = name, Id = state.NextId() };
        state.Open.Add(task.Id, task);
        return task;
    }

    private void Cancel(OpenTask task, CancellationToken token, Action closed)
    {
        if (!thread.IsCurrentThread)
        {
            thread.Report(
                $"'{task.Name}' was cancelled from outside the orchestrator's thread (await of CancellationTokenSource.CancelAsync, or CancelAfter)"
            );
            return;
        }

        closed();
        task.Cancel(token);
    }

    private static void RefuseOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException(
                "A TaskOptions value was given as input and none as options. Name the argument: options: …",
                nameof(input)
            );
        }
    }
}
