using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace TlsOrLink.Embedded.Invocation;

internal sealed class EmbeddedFunctionDefinition(Function function) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
    [.. function.Method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType))];

    public override string PathToAssembly { get; } = function.Method.Module.FullyQualifiedName;

    public override string EntryPoint { get; } = $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";

    public override string Id { get; } = function.Name;

    public override string Name { get; } = function.Name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        function
            .Method.GetParameters()
            .Select(p => (p.Name, Type: TypeOf(p)))
            .Where(p => p.Type is not null)
            .ToImmutableDictionary(p => p.Name!, p => (BindingMetadata)new Binding(p.Name!, p.Type!));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty;

    private static string? TypeOf(ParameterInfo parameter)
    {
        foreach (var attribute in parameter.GetCustomAttributes())
        {
            switch (attribute)
            {
                case HttpTriggerAttribute:
                    return "httpTrigger";
                case TimerTriggerAttribute:
                    return "timerTrigger";
                case OrchestrationTriggerAttribute:
                    return "orchestrationTrigger";
                case ActivityTriggerAttribute:
                    return "activityTrigger";
                case DurableClientAttribute:
                    return "durableClient";
                default:
                    break;
            }
        }

        return null;
    }

    private sealed class Binding(string name, string type) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;
    }
}
