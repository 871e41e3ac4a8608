using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>Calls a function's method, on a new instance of its class where it is not static.</summary>
internal sealed class FunctionInvoker
{
    private readonly MethodInfo _method;
    private readonly ObjectFactory? _create;
    private readonly Func<InvocationContext, object?>[] _sources;
    private readonly PropertyInfo? _result;

    public FunctionInvoker(Function function)
    {
        _method = function.Method;
        _create = _method.IsStatic ? null : ActivatorUtilities.CreateFactory(_method.DeclaringType!, []);
        _sources = [.. _method.GetParameters().Select(p => ParameterSources.For(function, p)!)];
        var returned = _method.ReturnType;
        _result =
            returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>)
                ? returned.GetProperty(nameof(Task<object>.Result))
                : null;
    }

    /// <summary>Awaits nothing but the function itself, so that it may be called on an orchestrator's thread.</summary>
    public async Task Invoke(InvocationContext context)
    {
        var instance = _create?.Invoke(context.InstanceServices, null);
        try
        {
            var arguments = Array.ConvertAll(_sources, source => source(context));
            var returned = _method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
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
}
