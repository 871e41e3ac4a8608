using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>Calls a function's method, on a new instance of its class where it is not static.</summary>
internal sealed class FunctionInvoker
{
    private readonly MethodInvoker _method;
    private readonly Func<IServiceProvider, object>? _create;
    private readonly Func<InvocationContext, object?>[] _sources;
    private readonly PropertyInfo? _result;

    public FunctionInvoker(Function function)
    {
        _method = MethodInvoker.Create(function.Method);
        _create = function.Method.IsStatic ? null : Creation(function.Method.DeclaringType!);
        _sources = [.. function.Method.GetParameters().Select(p => ParameterSources.For(function, p)!)];
        var returned = function.Method.ReturnType;
        _result =
            returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>)
                ? returned.GetProperty(nameof(Task<object>.Result))
                : null;
    }

    /// <summary>Awaits nothing but the function itself, so that it may be called on an orchestrator's thread.</summary>
    public async Task Invoke(InvocationContext context)
    {
        var instance = _create?.Invoke(context.InstanceServices);
        try
        {
            var arguments = Array.ConvertAll(_sources, source => source(context));
            var returned = _method.Invoke(instance, arguments.AsSpan());
            if (returned is Task task)
            {
                await task;
                context.Result = _result?.GetValue(task);
            }
            else
            {
                context.Result = returned;
            }
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    /// <summary>
    /// One constructor whose parameters are services, as nearly all classes have it, is called without the compilation of an expression, which costs
    /// the first request its time.
    /// </summary>
    private static Func<IServiceProvider, object> Creation(Type type)
    {
        var constructors = type.GetConstructors();
        if (constructors.Length != 1 || Array.Exists(constructors[0].GetParameters(), IsSpecial))
        {
            var create = ActivatorUtilities.CreateFactory(type, []);
            return services => create(services, null);
        }

        var invoker = ConstructorInvoker.Create(constructors[0]);
        var services = Array.ConvertAll(constructors[0].GetParameters(), parameter => parameter.ParameterType);
        return provider =>
            invoker.Invoke(Array.ConvertAll<Type, object?>(services, provider.GetRequiredService).AsSpan());
    }

    private static bool IsSpecial(ParameterInfo parameter) =>
        parameter.HasDefaultValue || parameter.GetCustomAttributes().Any();
}
