using System.Reflection;
using System.Runtime.CompilerServices;

namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>
/// The fields of the runtime's tasks that say who awaits whom. They are not public: where one is missing in some future runtime,
/// the graph reads as unknown, and offences are found later and named less exactly.
/// </summary>
internal static class TaskInternals
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    private static readonly FieldInfo? s_continuation = typeof(Task).GetField("m_continuationObject", Any);
    private static readonly FieldInfo? s_action = typeof(Task).GetField("m_action", Any);
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(Type, string), FieldInfo?> s_fields =
        new();

    public static bool Readable => s_continuation is not null;

    public static object? ContinuationOf(Task task) => s_continuation?.GetValue(task);

    public static Delegate? DelegateOf(Task task) => s_action?.GetValue(task) as Delegate;

    public static object? Field(object owner, string name) =>
        s_fields.GetOrAdd((owner.GetType(), name), key => Find(key.Item1, key.Item2))?.GetValue(owner);

    public static bool IsStateMachineBox(object value) =>
        value is Task && value.GetType().Name.StartsWith("AsyncStateMachineBox", StringComparison.Ordinal)
        || value is Task
            && value.GetType().Name.StartsWith("DebugFinalizableAsyncStateMachineBox", StringComparison.Ordinal);

    public static object? StateMachineOf(Task box) => Field(box, "StateMachine");

    /// <summary>The tasks, or other awaitables, that a state machine is waiting for at this moment.</summary>
    public static IEnumerable<object> AwaitedBy(object stateMachine) =>
        stateMachine
            .GetType()
            .GetFields(Any)
            .Where(field => field.Name.StartsWith("<>u__", StringComparison.Ordinal))
            .Select(field => Unwrap(field.GetValue(stateMachine)))
            .OfType<object>();

    public static string MethodOf(object stateMachine)
    {
        var type = stateMachine.GetType();
        var end = type.Name.IndexOf('>', StringComparison.Ordinal);
        var method = type.Name.StartsWith('<') && end > 1 ? type.Name[1..end] : type.Name;
        return $"{Outer(type)}.{method}";
    }

    /// <summary>" in Type.Method" of the method whose state machine the task is; empty where it is none.</summary>
    public static string Where(Task? box) =>
        box is not null && StateMachineOf(box) is { } machine ? $" in {MethodOf(machine)}" : "";

    public static bool IsFramework(Type type) =>
        type.Assembly.GetName().Name is { } name
        && (
            name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        );

    private static string Outer(Type type)
    {
        var outer = type.DeclaringType;
        while (outer is { DeclaringType: { } next } && outer.Name.StartsWith('<'))
        {
            outer = next;
        }

        return outer?.FullName?.Split('`')[0].Replace('+', '.') ?? "?";
    }

    // TaskAwaiter and ConfiguredTaskAwaiter hold m_task; a value task's awaiter holds _value with _obj.
    private static object? Unwrap(object? awaiter)
    {
        if (awaiter is null)
        {
            return null;
        }

        if (Field(awaiter, "m_task") is { } task)
        {
            return task;
        }

        return Field(awaiter, "_value") is { } value ? Field(value, "_obj")
            : awaiter is ITaskAwaiterLike ? null
            : Other(awaiter);
    }

    private static object? Other(object awaiter)
    {
        var name = awaiter.GetType().Name;
        return
            name.StartsWith("TaskAwaiter", StringComparison.Ordinal)
            || name.Contains("TaskAwaiter", StringComparison.Ordinal)
            || name == nameof(YieldAwaitable.YieldAwaiter)
            ? null
            : awaiter;
    }

    private static FieldInfo? Find(Type? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Any | BindingFlags.DeclaredOnly) is { } field)
            {
                return field;
            }
        }

        return null;
    }

    private interface ITaskAwaiterLike;
}
