using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>Where the value of a function's parameter comes from.</summary>
internal static class ParameterSources
{
    public static IEnumerable<string> Faults(Function function)
    {
        var trigger = function.TriggerParameter.ParameterType;
        var expected = function.Kind switch
        {
            TriggerKind.Http => typeof(HttpRequest),
            TriggerKind.Timer => typeof(TimerInfo),
            TriggerKind.Orchestration => typeof(TaskOrchestrationContext),
            _ => trigger,
        };
        if (trigger != expected)
        {
            yield return $"its trigger parameter must be a {expected.Name}.";
        }

        foreach (var parameter in function.Method.GetParameters().Where(p => p != function.TriggerParameter))
        {
            if (For(function, parameter) is null)
            {
                yield return $"parameter '{parameter.Name}' of type {parameter.ParameterType.Name} comes from nowhere.";
            }
        }
    }

    /// <returns>Null where nothing fits the parameter.</returns>
    public static Func<InvocationContext, object?>? For(Function function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter)
        {
            return function.Kind == TriggerKind.Activity
                ? context => context.Converter.Deserialize((string?)context.TriggerValue, type) ?? Default(type)
                : context => context.TriggerValue;
        }

        if (type == typeof(FunctionContext))
        {
            return context => context;
        }

        if (type == typeof(CancellationToken))
        {
            return context => context.CancellationToken;
        }

        if (type == typeof(DurableTaskClient) && parameter.GetCustomAttribute<DurableClientAttribute>() is not null)
        {
            return context => context.InstanceServices.GetService(typeof(DurableTaskClient));
        }

        return function.Kind == TriggerKind.Http ? FromRoute(parameter) : null;
    }

    private static Func<InvocationContext, object?>? FromRoute(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var converter = TypeDescriptor.GetConverter(type);
        if (type.IsInterface || !converter.CanConvertFrom(typeof(string)))
        {
            return null;
        }

        return context =>
            context.BindingContext.BindingData.TryGetValue(parameter.Name!, out var value) && value is string text
                ? type == typeof(string)
                    ? text
                    : converter.ConvertFromInvariantString(text)
                : parameter.HasDefaultValue
                    ? parameter.DefaultValue
                    : Default(parameter.ParameterType);
    }

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
