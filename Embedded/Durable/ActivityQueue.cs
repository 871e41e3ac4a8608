using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Invocation;

namespace TlsOrLink.Embedded.Durable;

internal sealed record ActivityWork(
    string InstanceId,
    long Run,
    int TaskId,
    string Name,
    string? Input,
    string? TraceParent
);

/// <summary>Runs activities, so many at a time. Work that is lost with the process is found again in history.</summary>
internal sealed partial class ActivityQueue(
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    IServiceScopeFactory scopes,
    DataConverter converter,
    ILogger<ActivityQueue> logger
) : IDisposable
{
    private readonly Channel<ActivityWork> _work = Channel.CreateUnbounded<ActivityWork>();
    private readonly CancellationTokenSource _stop = new();

    public void Enqueue(ActivityWork work) => _work.Writer.TryWrite(work);

    /// <returns>Ends when all that was running at <see cref="Stop"/> has ended.</returns>
    public Task Run(int atATime, Action<string, Message> post) =>
        Task.WhenAll(Enumerable.Range(0, atATime).Select(_ => Task.Run(() => Worker(post))));

    /// <summary>Begins nothing more, and cancels the tokens of running activities.</summary>
    public Task Stop() => _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();

    private async Task Worker(Action<string, Message> post)
    {
        try
        {
            await foreach (var work in _work.Reader.ReadAllAsync(_stop.Token))
            {
                if (await Execute(work) is { } answer)
                {
                    post(work.InstanceId, answer);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }

    /// <returns>Null where the host is stopping and the activity gave up: it runs again after the next start.</returns>
    private async Task<Answer?> Execute(ActivityWork work)
    {
        try
        {
            return new Answer(EventKind.TaskCompleted, work.Run, work.TaskId, await Call(work));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(logger, work.Name, work.InstanceId, work.TaskId, e);
            return new Answer(EventKind.TaskFailed, work.Run, work.TaskId, Failures.Write(e));
        }
    }

    private async Task<string?> Call(ActivityWork work)
    {
        var function =
            catalog.Find(TriggerKind.Activity, work.Name)
            ?? throw new InvalidOperationException($"The activity function '{work.Name}' doesn't exist in this app.");
        using var span = Spans.Start(function, work.TraceParent);
        await using var scope = scopes.CreateAsyncScope();
        var context = new InvocationContext(function, work.Input, scope.ServiceProvider, converter, _stop.Token);
        try
        {
            return converter.Serialize(await pipeline.Run(context));
        }
        catch
        {
            span.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activity {Activity} of {InstanceId} (#{TaskId}) failed")]
    private static partial void Failed(ILogger logger, string activity, string instanceId, int taskId, Exception e);
}
