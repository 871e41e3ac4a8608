using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>Orchestrators and activities for the rules.</summary>
internal sealed class Durables(Notes notes)
{
    [Function(nameof(Wait))]
    public static async Task<string> Wait([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.WaitForExternalEvent<string>("Go");

    [Function(nameof(Echo))]
    public static Task<string> Echo([OrchestrationTrigger] TaskOrchestrationContext context) =>
        Task.FromResult(context.GetInput<string>()!);

    [Function(nameof(Throw))]
    public static Task Throw([OrchestrationTrigger] TaskOrchestrationContext context) =>
        throw new InvalidOperationException("orchestrator says no");

    [Function(nameof(CallBroken))]
    public static async Task CallBroken([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Say", "first");
        await context.CallActivityAsync(nameof(Broken), "secret-free message");
    }

    [Function(nameof(Catch))]
    public static async Task<string[]> Catch([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallActivityAsync(nameof(Broken), "away");
            return [];
        }
        catch (TaskFailedException e)
        {
            return
            [
                e.Message,
                e.TaskName,
                $"{e.TaskId}",
                e.FailureDetails.ErrorType,
                e.FailureDetails.ErrorMessage,
                e.FailureDetails.InnerFailure!.ErrorType,
                $"{e.FailureDetails.IsCausedBy<IOException>()}",
                $"{e.FailureDetails.IsCausedBy<BrokenException>()}",
                $"{e.FailureDetails.IsCausedBy<ArgumentException>()}",
            ];
        }
    }

    [Function(nameof(Broken))]
    public void Broken([ActivityTrigger] string message)
    {
        notes.Add(nameof(Broken));
        throw new BrokenException(message, new TimeoutException("inner"));
    }

    [Function(nameof(Status))]
    public static async Task Status([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new { Text = new string('x', context.GetInput<int>()) });
        await context.CallActivityAsync("Say", "done");
    }

    [Function(nameof(CatchStatus))]
    public static async Task CatchStatus([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            context.SetCustomStatus(new string('x', 20_000));
        }
        catch (Exception)
        {
            await context.CallActivityAsync("Say", "swallowed");
        }
    }

    [Function(nameof(Shapes))]
    public static async Task<Shape> Shapes([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<Shape>(nameof(Grow), context.GetInput<Shape>());

    [Function(nameof(Grow))]
    public static Shape Grow([ActivityTrigger] Shape shape) => shape with { SideLength = shape.SideLength + 1 };

    [Function(nameof(WrongResult))]
    public static async Task WrongResult([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<int>("Say", "not a number");

    [Function(nameof(WrongInput))]
    public static async Task WrongInput([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync(nameof(Grow), "not a shape");

    [Function(nameof(Sleep))]
    public static async Task<TimeSpan> Sleep([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var due = context.CurrentUtcDateTime + context.GetInput<TimeSpan>();
        await context.CreateTimer(due, CancellationToken.None);
        return context.CurrentUtcDateTime - due;
    }

    [Function(nameof(ForgetTimer))]
    public static async Task ForgetTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
        await context.CallActivityAsync("Say", "done");
    }

    [Function(nameof(CancelTimer))]
    public static async Task CancelTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var end = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromHours(1), end.Token);
        await Task.WhenAny(timer, context.CallActivityAsync("Say", "done"));
        end.Cancel();
    }

    [Function(nameof(WaitWithTimeout))]
    public static async Task<string> WaitWithTimeout([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("Go", TimeSpan.FromDays(30));
        }
        catch (TaskCanceledException)
        {
            return "timed out";
        }
    }

    [Function(nameof(WaitLate))]
    public static async Task<string[]> WaitLate([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.WaitForExternalEvent<string>("First");
        return
        [
            await context.WaitForExternalEvent<string>("second"),
            await context.WaitForExternalEvent<string>("SECOND"),
        ];
    }

    internal sealed record Shape(int SideLength, string Name);
}

internal sealed class BrokenException(string message, Exception inner) : IOException(message, inner);
