using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>One call of one function.</summary>
/// <param name="triggerValue">What the trigger hands over; for an activity its input as JSON.</param>
internal sealed class InvocationContext(
    Function function,
    object? triggerValue,
    IServiceProvider services,
    DataConverter converter,
    CancellationToken cancellation
) : FunctionContext
{
    public Function Function => function;

    public object? TriggerValue => triggerValue;

    public DataConverter Converter => converter;

    public object? Result { get; set; }

    public IReadOnlyDictionary<string, object?> BindingData { get; init; } = new Dictionary<string, object?>();

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Name;

    public override TraceContext TraceContext { get; } = new CurrentTrace(Activity.Current);

    public override BindingContext BindingContext => field ??= new Data(BindingData);

    public override Microsoft.Azure.Functions.Worker.RetryContext? RetryContext => null;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new FeatureSet();

    public override CancellationToken CancellationToken => cancellation;

    private sealed class Data(IReadOnlyDictionary<string, object?> values) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => values;
    }

    private sealed class CurrentTrace(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? "";

        public override string TraceState => activity?.TraceStateString ?? "";
    }

    private sealed class FeatureSet : IInvocationFeatures
    {
        private readonly Dictionary<Type, object?> _features = [];

        public void Set<T>(T instance) => _features[typeof(T)] = instance;

        public T? Get<T>() => _features.TryGetValue(typeof(T), out var found) ? (T?)found : default;
    }
}
