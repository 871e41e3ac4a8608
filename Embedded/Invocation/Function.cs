using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace TlsOrLink.Embedded.Invocation;

internal enum TriggerKind
{
    Http,
    Timer,
    Orchestration,
    Activity,
}

/// <summary>A method with a Function attribute, and what starts it.</summary>
internal sealed record Function(
    string Name,
    MethodInfo Method,
    TriggerKind Kind,
    ParameterInfo TriggerParameter,
    TriggerBindingAttribute Trigger
)
{
    private FunctionInvoker? _invoker;

    public FunctionDefinition Definition => field ??= new EmbeddedFunctionDefinition(this);

    public FunctionInvoker Invoker => _invoker ??= new FunctionInvoker(this);

    public static TriggerKind KindOf(TriggerBindingAttribute trigger) =>
        trigger switch
        {
            HttpTriggerAttribute => TriggerKind.Http,
            TimerTriggerAttribute => TriggerKind.Timer,
            OrchestrationTriggerAttribute => TriggerKind.Orchestration,
            _ => TriggerKind.Activity,
        };
}
