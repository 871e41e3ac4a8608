using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Timers;
using TlsOrLink.Purging;
using TlsOrLink.Tests.Integration.Links;

namespace TlsOrLink.Tests.Integration.Purging;

/// <summary>The purge asks for histories of orchestrations that ended, and are old enough; what the engine makes of it is in the tests of the host.</summary>
public sealed class HistoryPurgeTests
{
    [Fact]
    public async Task Asks_for_what_began_two_weeks_ago_and_has_ended()
    {
        await using var world = await PlainRooms.StartAsync();
        await using var client = new NotingClient();
        var options = world.Rooms.Get<IOptions<PurgingOptions>>();
        var purge = new PurgeExpired(world.Rooms.Get<ExpiredPurge>(), options, TimeProvider.System);

        await purge.RunAsync(new TimerInfo(), client, default);

        var filter = client.Filter.ShouldNotBeNull();
        filter.CreatedFrom.ShouldBeNull();
        filter
            .CreatedTo.ShouldNotBeNull()
            .ShouldBe(DateTimeOffset.UtcNow - TimeSpan.FromDays(14), TimeSpan.FromMinutes(5));
        filter.Statuses.ShouldBe(
            [
                OrchestrationRuntimeStatus.Completed,
                OrchestrationRuntimeStatus.Failed,
                OrchestrationRuntimeStatus.Terminated,
            ],
            ignoreOrder: true
        );
    }

    /// <summary>Notes what is to be purged and can do nothing else.</summary>
    private sealed class NotingClient() : DurableTaskClient("noting")
    {
        public PurgeInstancesFilter? Filter { get; private set; }

        public override Task<PurgeResult> PurgeAllInstancesAsync(
            PurgeInstancesFilter filter,
            PurgeInstanceOptions? options = null,
            CancellationToken cancellation = default
        )
        {
            Filter = filter;
            return Task.FromResult(new PurgeResult(0));
        }

        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName,
            object? input = null,
            StartOrchestrationOptions? options = null,
            CancellationToken cancellation = default
        ) => throw new NotSupportedException();

        public override Task RaiseEventAsync(
            string instanceId,
            string eventName,
            object? eventPayload = null,
            CancellationToken cancellation = default
        ) => throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
            string instanceId,
            bool getInputsAndOutputs = false,
            CancellationToken cancellation = default
        ) => throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
            string instanceId,
            bool getInputsAndOutputs = false,
            CancellationToken cancellation = default
        ) => throw new NotSupportedException();

        public override Task SuspendInstanceAsync(
            string instanceId,
            string? reason = null,
            CancellationToken cancellation = default
        ) => throw new NotSupportedException();

        public override Task ResumeInstanceAsync(
            string instanceId,
            string? reason = null,
            CancellationToken cancellation = default
        ) => throw new NotSupportedException();

        public override Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId,
            bool getInputsAndOutputs = false,
            CancellationToken cancellation = default
        ) => throw new NotSupportedException();

        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
            throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
