using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Tests.Host.Rules;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Durable;

public sealed class CompositionTests
{
    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_child_answers_its_parent(bool replay)
    {
        await using var world = await Start(replay);

        var end = await world.Run(nameof(Compositions.Parent), "x", "p");

        end.ReadOutputAs<string>().ShouldBe("Parent/p/x");
        (await world.Client.GetInstanceAsync("p:child"))!.IsCompleted.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_childs_failure_arrives_as_TaskFailedException(bool replay)
    {
        await using var world = await Start(replay);

        (await world.Run(nameof(Compositions.Parent), "fail")).SerializedOutput.ShouldBe(
            "Task 'Child' (#0) failed with an unhandled exception: child says no"
        );
    }

    [Theory]
    [InlineData(false, 2, "Completed", 3)]
    [InlineData(true, 2, "Completed", 3)]
    [InlineData(false, 9, "Failed", 3)]
    public async Task A_retry_policy_counts_all_attempts(bool replay, int failures, string status, int runs)
    {
        await using var world = await Start(replay);

        (await world.Run(nameof(Compositions.Retry), failures)).RuntimeStatus.ToString().ShouldBe(status);

        world.Notes.Count("Flaky").ShouldBe(runs);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_retry_handler_decides_on_each_failure(bool replay)
    {
        await using var world = await Start(replay);

        (await world.Run(nameof(Compositions.RetryHandled), 4)).ReadOutputAs<string>().ShouldBe("at last");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task ContinueAsNew_keeps_events_that_were_not_taken(bool replay)
    {
        await using var world = await Start(replay);
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Compositions.Again),
            0,
            CancellationToken.None
        );
        foreach (var n in new[] { 1, 2, 3 })
        {
            await world.Client.RaiseEventAsync(id, "Add", n);
        }

        (await world.End(id)).ReadOutputAs<int>().ShouldBe(6);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task An_orchestration_sends_events_to_another(bool replay)
    {
        await using var world = await Start(replay);
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Durables.Wait));

        await world.Run(nameof(Compositions.Tell), id);

        (await world.End(id)).ReadOutputAs<string>().ShouldBe("told");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Ids_repeat_on_replay_and_logs_do_not_and_the_version_is_that_of_host_json(bool replay)
    {
        await using var world = await Start(replay);

        var end = await world.Run(nameof(Compositions.Ids));

        var seen = end.ReadOutputAs<string[]>().ShouldNotBeNull(end.SerializedOutput);
        world.Notes.Lines.ShouldBe(seen.Take(2));
        seen[0].ShouldNotBe(seen[1]);
        seen.Skip(2).ShouldBe(["2.1", "1", "-1"]);
        world.Logs.Lines.Count(l => l.Contains("line one", StringComparison.Ordinal)).ShouldBe(1);
        world.Logs.Lines.Count(l => l.Contains("line two", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(Compositions.RandomInput))]
    [InlineData(nameof(Compositions.RandomBranch))]
    [InlineData(nameof(Compositions.RandomResult))]
    public async Task Replay_after_every_await_finds_what_is_not_deterministic(string name)
    {
        await using var world = await Start(true);

        var end = await world.Run(name);

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        end.SerializedOutput.ShouldNotBeNull().ShouldContain("Non-deterministic");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_suspended_instance_takes_its_events_when_it_is_resumed(bool replay)
    {
        await using var world = await Start(replay);
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Durables.Wait));
        await world.Client.WaitForInstanceStartAsync(id);
        await world.Client.SuspendInstanceAsync(id);
        await world.Client.RaiseEventAsync(id, "go", "x");

        (await world.Client.GetInstanceAsync(id))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);
        await world.Client.ResumeInstanceAsync(id);

        (await world.End(id)).ReadOutputAs<string>().ShouldBe("x");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_terminated_instance_ends_with_its_output(bool replay)
    {
        await using var world = await Start(replay);
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Durables.Wait));

        await world.Client.TerminateInstanceAsync(id, "enough");

        var end = await world.End(id);
        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        end.SerializedOutput.ShouldBe("\"enough\"");
    }

    [Fact]
    public async Task A_start_for_later_is_pending_until_then()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));
        await using var world = await Start(false, clock);
        var at = clock.GetUtcNow().AddHours(1);

        var later = new StartOrchestrationOptions(null, at);
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Durables.Echo), "x", later);

        (await world.Client.GetInstanceAsync(id))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);
        clock.Advance(TimeSpan.FromHours(1));
        (await world.End(id)).LastUpdatedAt.ShouldBeGreaterThanOrEqualTo(at);
    }

    [Fact]
    public async Task Lists_instances_by_prefix_and_status_page_by_page()
    {
        await using var world = await Start(false);
        for (var n = 0; n < 7; n++)
        {
            await world.Run(nameof(Durables.Echo), "x", $"a{n}");
        }

        await world.Run(nameof(Durables.Echo), "x", "b");
        var query = new OrchestrationQuery(
            InstanceIdPrefix: "a",
            PageSize: 3,
            Statuses: [OrchestrationRuntimeStatus.Completed]
        );

        var ids = new List<string>();
        await foreach (var instance in world.Client.GetAllInstancesAsync(query))
        {
            ids.Add(instance.InstanceId);
        }

        ids.ShouldBe(["a0", "a1", "a2", "a3", "a4", "a5", "a6"]);
    }

    private static Task<EngineWorld> Start(bool replay, FakeTimeProvider? clock = null) =>
        EngineWorld.Start(
            new EngineWorldOptions
            {
                ReplayAfterEveryAwait = replay,
                Clock = clock,
                Settings = new() { ["AzureFunctionsJobHost:extensions:durableTask:defaultVersion"] = "2.1" },
            },
            typeof(Compositions),
            typeof(Durables),
            typeof(BasicFunctions)
        );
}
