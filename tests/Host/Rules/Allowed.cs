using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>Everything that an orchestrator may do with durable tasks.</summary>
internal static class Allowed
{
    [Function(nameof(Combinations))]
    public static async Task<int> Combinations([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Yield();
        using var end = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromDays(1), end.Token);
        var first = await Task.WhenAny(
            timer,
            context.CallActivityAsync<int>("Square", 2),
            context.CallActivityAsync<int>("Square", 3)
        );
        await first;
        await Task.WhenAll(Branch(1), Branch(2), Nested(3));
        var continued = await context
            .CallActivityAsync<int>("Square", 4)
            .ContinueWith(
                t => t.Result + 1,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        using var gate = new SemaphoreSlim(2);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(Throttled));
        await foreach (var square in Squares())
        {
            continued += square;
        }

        var collected = new TaskCompletionSource<int>();
        _ = Collect();
        continued += await collected.Task;
        end.Cancel();
        return continued;

        async Task Collect() => collected.SetResult(await context.CallActivityAsync<int>("Square", 9));

        async Task<int> Branch(int n) =>
            await context.CallActivityAsync<int>("Square", await context.CallActivityAsync<int>("Square", n));

        async ValueTask<int> Value(int n) => await Branch(n);

        async Task Nested(int n) => await Value(n);

        async Task Throttled(int n)
        {
            await gate.WaitAsync();
            await context.CallActivityAsync<int>("Square", n);
            gate.Release();
        }

        async IAsyncEnumerable<int> Squares()
        {
            for (var n = 0; n < 3; n++)
            {
                yield return await context.CallActivityAsync<int>("Square", n);
            }
        }
    }
}
