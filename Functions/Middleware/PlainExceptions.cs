using System.Runtime.ExceptionServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace TlsOrLink.Functions.Middleware;

/// <summary>
/// Takes exceptions out of the <see cref="AggregateException"/> that the real worker puts around those of internal classes: the type of an
/// activity's exception chooses its retry. To be the innermost. Orchestrations pass untouched: an await of ours would break them.
/// </summary>
internal sealed class PlainExceptions : IFunctionsWorkerMiddleware
{
    private const string OrchestrationTrigger = "orchestrationTrigger";

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.FunctionDefinition.InputBindings.Values.Any(binding =>
            string.Equals(binding.Type, OrchestrationTrigger, StringComparison.OrdinalIgnoreCase)
        )
            ? next(context)
            : UnwrapAsync(context, next);

    private static async Task UnwrapAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (AggregateException aggregate) when (aggregate.InnerExceptions.Count == 1)
        {
            ExceptionDispatchInfo.Throw(aggregate.InnerExceptions[0]);
        }
    }
}
