using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Durable;

internal sealed class Compositions(Notes notes)
{
    private static int s_calls;

    [Function(nameof(Parent))]
    public static async Task<string> Parent([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var options = new TaskOptions().WithInstanceId($"{context.InstanceId}:child");
        return await context.CallSubOrchestratorAsync<string>(nameof(Child), context.GetInput<string>(), options);
    }

    [Function(nameof(Child))]
    public static async Task<string> Child([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<string>()!;
        await context.CallActivityAsync("Say", input);
        return input == "fail"
            ? throw new InvalidOperationException("child says no")
            : $"{context.Parent!.Name}/{context.Parent.InstanceId}/{input}";
    }

    [Function(nameof(Retry))]
    public static async Task<string> Retry([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>(
            nameof(Flaky),
            context.GetInput<int>(),
            TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(10), 2))
        );

    [Function(nameof(RetryHandled))]
    public static async Task<string> RetryHandled([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>(
            nameof(Flaky),
            context.GetInput<int>(),
            TaskOptions.FromRetryHandler(retry =>
                retry.LastAttemptNumber < 5 && retry.LastFailure.IsCausedBy<TimeoutException>()
            )
        );

    [Function(nameof(Flaky))]
    public string Flaky([ActivityTrigger] int failures)
    {
        notes.Add(nameof(Flaky));
        return notes.Count(nameof(Flaky)) > failures ? "at last" : throw new TimeoutException("not yet");
    }

    [Function(nameof(Again))]
    public static async Task<int> Again([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var sum = context.GetInput<int>() + await context.WaitForExternalEvent<int>("add");
        if (sum < 6)
        {
            context.ContinueAsNew(sum);
        }

        return sum;
    }

    [Function(nameof(Tell))]
    public static async Task Tell([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SendEvent(context.GetInput<string>()!, "go", "told");
        await context.CallActivityAsync("Say", "told");
    }

    [Function(nameof(Ids))]
    public static async Task<string[]> Ids([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var logger = context.CreateReplaySafeLogger<Compositions>();
        logger.LogWarning("line one");
        var first = context.NewGuid();
        await context.CallActivityAsync("Say", first);
        logger.LogWarning("line two");
        var second = context.NewGuid();
        await context.CallActivityAsync("Say", second);
        return
        [
            $"{first}",
            $"{second}",
            context.Version,
            $"{context.CompareVersionTo("1.9")}",
            $"{context.CompareVersionTo("2.10")}",
        ];
    }

    [Function(nameof(RandomInput))]
    public static async Task RandomInput([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync("Say", Guid.NewGuid().ToString());

    [Function(nameof(RandomBranch))]
    public static async Task RandomBranch([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "a");
        await context.CallActivityAsync(Interlocked.Increment(ref s_calls) % 2 == 0 ? "Say" : "Square", 1);
    }

    [Function(nameof(RandomResult))]
    public static async Task<string> RandomResult([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "a");
        return Guid.NewGuid().ToString();
    }
}
