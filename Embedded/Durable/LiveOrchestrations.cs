using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Hosting;
using TlsOrLink.Embedded.Invocation;
using TlsOrLink.Embedded.Orchestrating;

namespace TlsOrLink.Embedded.Durable;

/// <summary>An orchestrator that is in memory, with the services that it was given.</summary>
internal sealed record LiveOrchestration(Orchestration Orchestration, IServiceScope Scope) : IDisposable
{
    public void Dispose()
    {
        Orchestration.Thread.Abandon();
        Scope.Dispose();
    }
}

/// <summary>Puts orchestrators into memory, ready for their first event.</summary>
internal sealed class LiveOrchestrations(
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    IServiceScopeFactory scopes,
    DataConverter converter,
    ILoggerFactory loggers,
    HostSettings host,
    IOptions<EmbeddedOptions> options
)
{
    private readonly OrchestrationSettings _settings = new(converter, loggers, options.Value.ReplayAfterEveryAwait);

    /// <exception cref="OrchestrationOffenceException">There is no such orchestrator.</exception>
    public LiveOrchestration Create(InstanceRecord instance, Action<OrchestratorThread> onForeignCall)
    {
        var function =
            catalog.Find(TriggerKind.Orchestration, instance.Name)
            ?? throw new OrchestrationOffenceException(
                $"The orchestrator function '{instance.Name}' doesn't exist in this app."
            );
        var parent = instance.Parent is { } p ? new ParentOrchestrationInstance(p.Name, p.Id) : null;
        var start = new OrchestrationStart(function.Name, instance.Id, parent, host.DefaultVersion);
        var scope = scopes.CreateScope();
        var thread = new OrchestratorThread(onForeignCall);
        return new(
            new Orchestration(
                start,
                _settings,
                thread,
                context => Begin(function, context, scope.ServiceProvider, instance.TraceParent)
            ),
            scope
        );
    }

    private async Task<object?> Begin(
        Function function,
        TaskOrchestrationContext context,
        IServiceProvider services,
        string? traceParent
    )
    {
        // Not a recorded span: replays would repeat it. It carries the trace id into the orchestrator's logs.
        using var trace = new Activity(function.Name);
        if (traceParent is not null)
        {
            trace.SetParentId(traceParent);
        }

        trace.Start();
        var invocation = new InvocationContext(function, context, services, converter, CancellationToken.None);
        return await pipeline.Run(invocation);
    }
}
