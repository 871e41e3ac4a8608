using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TlsOrLink.Tests.Host.World;

internal sealed class BasicFunctions(Notes notes)
{
    [Function(nameof(Greet))]
    public async Task<string> Greet([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var hello = await context.CallActivityAsync<string>(nameof(Say), context.GetInput<string>());
        var twice = await context.CallActivityAsync<string>(nameof(Say), hello);
        return twice;
    }

    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var tasks = Enumerable
            .Range(0, context.GetInput<int>())
            .Select(n => context.CallActivityAsync<int>(nameof(Square), n));
        return (await Task.WhenAll(tasks)).Sum();
    }

    [Function(nameof(Say))]
    public string Say([ActivityTrigger] string text)
    {
        notes.Add(text);
        return $"{text}!";
    }

    [Function(nameof(Square))]
    public static int Square([ActivityTrigger] int number) => number * number;

    [Function(nameof(Begin))]
    public static async Task<IActionResult> Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "greet/{name}")] HttpRequest request,
        string name,
        [DurableClient] DurableTaskClient client
    )
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Greet), name);
        return new AcceptedResult(new Uri($"/instances/{id}", UriKind.Relative), new { InstanceId = id });
    }
}
