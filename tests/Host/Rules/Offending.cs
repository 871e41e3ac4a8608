using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>Orchestrators that await what they must not.</summary>
internal sealed class Offending(Notes notes)
{
    /// <summary>The gate that the test opens for what comes back from another thread.</summary>
    public const string Gate = "foreign";

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
    public async Task TaskRun([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Run(() => notes.Gate(Gate).Task.Wait());
        await context.CallActivityAsync("Say", "a");
    }

    [Function(nameof(TaskRunAsync))]
    public static async Task TaskRunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Run(async () => await Task.Delay(TimeSpan.FromMinutes(1)));
        await context.CallActivityAsync("Say", "a");
    }

    [Function(nameof(DurableInTaskRun))]
    public static async Task DurableInTaskRun([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var work = Task.Run(() => context.CallActivityAsync("Say", "a"));
        SpinWait.SpinUntil(() => work.IsCompleted);
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

    [Function(nameof(Block))]
    public static async Task Block([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "a");
        context.CallActivityAsync("Say", "b").Wait();
    }

    [Function(nameof(NeverCompleted))]
    public static async Task NeverCompleted([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "a");
        await new TaskCompletionSource().Task;
    }

    [Function(nameof(WaitAnyWithForeign))]
    public async Task WaitAnyWithForeign([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
        await Task.WhenAny(timer, notes.Gate(Gate).Task);
    }
}
