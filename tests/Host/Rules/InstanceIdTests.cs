using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>"Starting an orchestration whose id is active throws; a finished id is replaced …".</summary>
public sealed class InstanceIdTests
{
    private static readonly string[] s_all = ["Pending", "Running", "Completed", "Failed", "Terminated", "Suspended"];

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Starting_an_active_id_throws(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables), typeof(BasicFunctions));
        await Start(world, nameof(Durables.Wait), "one");

        (await Should.ThrowAsync<Exception>(() => Start(world, nameof(Durables.Wait), "one"))).Message.ShouldContain(
            "'one'"
        );
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_finished_id_is_replaced(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables), typeof(BasicFunctions));
        await world.Run(nameof(Durables.Echo), "first", "one");

        (await world.Run(nameof(Durables.Echo), "second", "one")).ReadOutputAs<string>().ShouldBe("second");
    }

    [Fact]
    public async Task A_finished_id_throws_where_DedupeStatuses_names_its_status()
    {
        await using var world = await EngineWorld.Start(typeof(Durables), typeof(BasicFunctions));
        await world.Run(nameof(Durables.Echo), "first", "one");
        var options = new StartOrchestrationOptions("one") { DedupeStatuses = s_all };

        await Should.ThrowAsync<Exception>(() =>
            world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Durables.Echo), "second", options)
        );

        var left = await world.Client.GetInstanceAsync("one", getInputsAndOutputs: true);
        left!.ReadOutputAs<string>().ShouldBe("first");
    }

    [Fact]
    public async Task A_finished_id_is_replaced_where_DedupeStatuses_names_others()
    {
        await using var world = await EngineWorld.Start(typeof(Durables), typeof(BasicFunctions));
        await world.Run(nameof(Durables.Echo), "first", "one");
        var options = new StartOrchestrationOptions("one") { DedupeStatuses = ["Failed"] };

        await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Durables.Echo), "second", options);

        (await world.End("one")).ReadOutputAs<string>().ShouldBe("second");
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_at_once_one_wins()
    {
        await using var world = await EngineWorld.Start(typeof(Durables), typeof(BasicFunctions));
        var options = new StartOrchestrationOptions("one") { DedupeStatuses = s_all };

        var starts = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async n =>
                {
                    try
                    {
                        await world.Client.ScheduleNewOrchestrationInstanceAsync(
                            nameof(Durables.Echo),
                            $"{n}",
                            options
                        );
                        return 1;
                    }
                    catch (Exception)
                    {
                        return 0;
                    }
                })
        );

        starts.Sum().ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_id_reads_as_null()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));

        (await world.Client.GetInstanceAsync("nobody")).ShouldBeNull();
    }

    [Fact]
    public async Task Raising_an_event_to_an_unknown_or_a_completed_instance_throws()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));
        await world.Run(nameof(Durables.Echo), "x", "done");

        await Should.ThrowAsync<Exception>(() => world.Client.RaiseEventAsync("nobody", "Go", "x"));
        await Should.ThrowAsync<Exception>(() => world.Client.RaiseEventAsync("done", "Go", "x"));
    }

    [Fact]
    public async Task Purging_an_unknown_id_returns_count_0()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));

        (await world.Client.PurgeInstanceAsync("nobody")).PurgedInstanceCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_purged_instance_is_unknown_and_its_id_is_free()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));
        await world.Run(nameof(Durables.Echo), "x", "one");

        (await world.Client.PurgeInstanceAsync("one")).PurgedInstanceCount.ShouldBe(1);

        (await world.Client.GetInstanceAsync("one")).ShouldBeNull();
        (await world.Run(nameof(Durables.Echo), "y", "one")).ReadOutputAs<string>().ShouldBe("y");
    }

    [Fact]
    public async Task Purging_by_filter_takes_finished_instances_only()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));
        await world.Run(nameof(Durables.Echo), "x", "done");
        await world.Run(nameof(Durables.Throw), "x", "failed");
        await Start(world, nameof(Durables.Wait), "waiting");

        var purged = await world.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(
                Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running]
            )
        );

        purged.PurgedInstanceCount.ShouldBe(1);
        (await world.Client.GetInstanceAsync("failed")).ShouldNotBeNull();
        (await world.Client.GetInstanceAsync("waiting")).ShouldNotBeNull();
    }

    private static Task<string> Start(EngineWorld world, string name, string id) =>
        world.Client.ScheduleNewOrchestrationInstanceAsync(name, new StartOrchestrationOptions(id));
}
