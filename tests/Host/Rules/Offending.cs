using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>Orchestrators that await what they must not.</summary>
internal static class Offending
{
    [Function(nameof(ConfigureAwaitFalse))]
    public static async Task<string> ConfigureAwaitFalse([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>("Say", "hi").ConfigureAwait(false);

    [Function(nameof(ConfigureAwaitFalseOnWhenAll))]
    public static async Task ConfigureAwaitFalseOnWhenAll([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await Task.WhenAll(context.CallActivityAsync("Say", "a"), context.CallActivityAsync("Say", "b"))
            .ConfigureAwait(false);

    [Function(nameof(ConfigureAwaitFalseInBranch))]
    public static async Task ConfigureAwaitFalseInBranch([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.WhenAll(context.CallActivityAsync("Say", "a"), Branch());
        return;

        async Task Branch() => await context.CallActivityAsync("Say", "b").ConfigureAwait(false);
    }

    [Function(nameof(ConfigureAwaitFalseOnCallee))]
    public static async Task ConfigureAwaitFalseOnCallee([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Callee().ConfigureAwait(false);
        await context.CallActivityAsync("Say", "b");
        return;

        async Task Callee() => await context.CallActivityAsync("Say", "a");
    }

    [Function(nameof(Delay))]
    public static async Task Delay([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "a");
        await Task.Delay(TimeSpan.FromMinutes(1));
    }

    [Function(nameof(DelayBesideTimer))]
    public static async Task DelayBesideTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var end = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromDays(1), end.Token);
        await Task.Delay(TimeSpan.FromMinutes(1));
        end.Cancel();
        await timer;
    }

    [Function(nameof(HttpCall))]
    public static async Task<string> HttpCall([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var http = new HttpClient();
        var text = await http.GetStringAsync($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
        return await context.CallActivityAsync<string>("Say", text);
    }

    [Function(nameof(CancelTimerAsync))]
    public static async Task CancelTimerAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var end = new CancellationTokenSource();
        _ = context.CreateTimer(TimeSpan.FromDays(1), end.Token);
        await context.CallActivityAsync("Say", "a");
        await end.CancelAsync();
    }

    [Function(nameof(TaskRun))]
    public static async Task TaskRun([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Run(() => Thread.Sleep(200));
        await context.CallActivityAsync("Say", "a");
    }

    [Function(nameof(TaskRunAsync))]
    public static async Task TaskRunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Run(async () => await Task.Delay(200));
        await context.CallActivityAsync("Say", "a");
    }

    [Function(nameof(DurableInTaskRun))]
    public static async Task DurableInTaskRun([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var work = Task.Run(() => context.CallActivityAsync("Say", "a"));
        while (!work.IsCompleted)
        {
            Thread.Sleep(1);
        }

        await work;
    }

    [Function(nameof(FileRead))]
    public static async Task FileRead([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)silent.LocalEndpoint);
        var read = new byte[1];
        _ = await client.GetStream().ReadAsync(read);
        await context.CallActivityAsync("Say", "a");
    }

    [Function(nameof(ContinueWith))]
    public static async Task ContinueWith([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "a");
        await context
            .CallActivityAsync("Say", "b")
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Function(nameof(NeverCompleted))]
    public static async Task NeverCompleted([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "a");
        await new TaskCompletionSource().Task;
    }

    [Function(nameof(WaitAnyWithDelay))]
    public static async Task WaitAnyWithDelay([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
        await Task.WhenAny(timer, Task.Delay(50));
    }
}

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
