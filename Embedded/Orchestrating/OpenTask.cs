using Microsoft.DurableTask;

namespace TlsOrLink.Embedded.Orchestrating;

/// <summary>A durable task that the orchestrator has not got an answer for.</summary>
internal abstract class OpenTask
{
    public required string Name { get; init; }

    public int Id { get; init; } = -1;

    public abstract Type ResultType { get; }

    public abstract Task Task { get; }

    public abstract void Complete(string? json);

    public abstract void Fail(Exception failure);

    public abstract bool Cancel(CancellationToken token);
}

internal sealed class OpenTask<T>(DataConverter converter) : OpenTask
{
    // Continuations run inline on purpose: they belong on the orchestrator's thread, and those that do not want to be there show.
    private readonly TaskCompletionSource<T> _source = new();

    public override Type ResultType => typeof(T);

    public override Task Task => _source.Task;

    public Task<T> Result => _source.Task;

    public override void Complete(string? json)
    {
        T? value;
        try
        {
            value = json is null ? default : converter.Deserialize<T>(json);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException)
        {
            Fail(e);
            return;
        }

        _source.TrySetResult(value!);
    }

    public override void Fail(Exception failure) => _source.TrySetException(failure);

    public override bool Cancel(CancellationToken token) => _source.TrySetCanceled(token);
}
