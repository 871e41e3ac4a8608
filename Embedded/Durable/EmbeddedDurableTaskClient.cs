using System.Diagnostics;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TlsOrLink.Embedded.History;
using TlsOrLink.Embedded.Hosting;

namespace TlsOrLink.Embedded.Durable;

internal sealed class EmbeddedDurableTaskClient(DurableEngine engine, DataConverter converter, HostSettings host)
    : DurableTaskClient(host.TaskHub)
{
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        var tags = options?.Tags is { Count: > 0 } given ? JsonSerializer.Serialize(given) : null;
        await Tell(
            id,
            reply => new StartRequest(
                orchestratorName.Name,
                converter.Serialize(input),
                options?.Version is { } version ? version.Version : host.DefaultVersion,
                null,
                Activity.Current?.Id,
                tags,
                options?.DedupeStatuses ?? [],
                options?.StartAt?.UtcDateTime,
                reply
            ),
            cancellation
        );
        return id;
    }

    public override Task RaiseEventAsync(
        string instanceId,
        string eventName,
        object? eventPayload = null,
        CancellationToken cancellation = default
    ) => Tell(instanceId, reply => new EventRaised(eventName, converter.Serialize(eventPayload), reply), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default
    ) => WaitUntil(instanceId, i => i.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default
    ) => WaitUntil(instanceId, i => i.IsFinished, getInputsAndOutputs, cancellation);

    public override Task TerminateInstanceAsync(
        string instanceId,
        TerminateInstanceOptions? options = null,
        CancellationToken cancellation = default
    ) =>
        Tell(
            instanceId,
            reply => new TerminateRequest(converter.Serialize(options?.Output), options?.Recursive ?? false, reply),
            cancellation
        );

    public override Task SuspendInstanceAsync(
        string instanceId,
        string? reason = null,
        CancellationToken cancellation = default
    ) => Tell(instanceId, reply => new SuspendRequest(reason, reply), cancellation);

    public override Task ResumeInstanceAsync(
        string instanceId,
        string? reason = null,
        CancellationToken cancellation = default
    ) => Tell(instanceId, reply => new ResumeRequest(reason, reply), cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default
    )
    {
        cancellation.ThrowIfCancellationRequested();
        var found = engine.Parts.Reader.Instance(instanceId);
        return Task.FromResult(found is null ? null : InstancePages.Describe(found, getInputsAndOutputs, converter));
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstancePages(engine.Parts.Reader, converter, filter ?? new OrchestrationQuery());

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId,
        PurgeInstanceOptions? options = null,
        CancellationToken cancellation = default
    ) => new(await Tell(instanceId, reply => new PurgeRequest(reply), cancellation), isComplete: true);

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter,
        PurgeInstanceOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        const int atATime = 200;
        var count = 0;
        string? after = null;
        var wanted = new InstanceFilter(filter.CreatedFrom, filter.CreatedTo, filter.Statuses?.ToList(), null);
        List<InstanceRecord> page;
        do
        {
            page = engine.Parts.Reader.Instances(wanted, after, atATime);
            var purged = await Task.WhenAll(
                page.Where(i => i.IsFinished).Select(i => Tell(i.Id, reply => new PurgeRequest(reply), cancellation))
            );
            count += purged.Sum();
            after = page.LastOrDefault()?.Id;
        } while (page.Count == atATime);

        return new PurgeResult(count, isComplete: true);
    }

    public override ValueTask DisposeAsync() => default;

    private Task<int> Tell(string id, Func<TaskCompletionSource<int>, Message> message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        cancellation.ThrowIfCancellationRequested();
        var reply = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Post(id, message(reply));
        return reply.Task.WaitAsync(cancellation);
    }

    private async Task<OrchestrationMetadata> WaitUntil(
        string id,
        Func<InstanceRecord, bool> isReached,
        bool payloads,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var change = engine.Parts.Waiters.NextChange(id);
            var found =
                engine.Parts.Reader.Instance(id)
                ?? throw new DurableCallException($"No orchestration instance with id '{id}' was found.");
            if (isReached(found))
            {
                return InstancePages.Describe(found, payloads, converter);
            }

            await change.WaitAsync(cancellation);
        }
    }
}
