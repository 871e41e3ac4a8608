using Microsoft.Azure.Functions.Worker.Middleware;

namespace TlsOrLink.Embedded.Invocation;

/// <summary>The app's middleware, first registered outermost, around the function itself.</summary>
internal sealed class FunctionPipeline(
    IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware
)
{
    private readonly FunctionExecutionDelegate _run = middleware
        .Reverse()
        .Aggregate(
            (FunctionExecutionDelegate)(
                context => ((InvocationContext)context).Function.Invoker.Invoke((InvocationContext)context)
            ),
            (next, wrap) => wrap(next)
        );

    /// <returns>What the function returned; null where middleware did not call it.</returns>
    public async Task<object?> Run(InvocationContext context)
    {
        await _run(context);
        return context.Result;
    }
}
