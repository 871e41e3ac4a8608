using Microsoft.DurableTask.Client;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>How failures, statuses and payloads show.</summary>
public sealed class FailureTests
{
    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task An_activitys_exception_arrives_as_TaskFailedException(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables), typeof(BasicFunctions));

        var seen = (await world.Run(nameof(Durables.Catch))).ReadOutputAs<string[]>()!;

        seen.ShouldBe([
            "Task 'Broken' (#0) failed with an unhandled exception: away",
            "Broken",
            "0",
            typeof(BrokenException).FullName!,
            "away",
            typeof(TimeoutException).FullName!,
            "True",
            "True",
            "False",
        ]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task FailureDetails_is_null_even_when_failed_and_the_text_is_in_SerializedOutput(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables), typeof(BasicFunctions));

        var end = await world.Run(nameof(Durables.CallBroken));

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        end.FailureDetails.ShouldBeNull();
        end.SerializedOutput.ShouldBe("Task 'Broken' (#1) failed with an unhandled exception: secret-free message");
    }

    [Fact]
    public async Task An_unset_custom_status_reads_as_the_text_null()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));

        (await world.Run(nameof(Durables.Echo), "x")).SerializedCustomStatus.ShouldBe("null");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_custom_status_over_16_KB_of_UTF_16_fails_the_orchestration(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables), typeof(BasicFunctions));
        const int json = 11; // {"Text":""}

        var fits = await world.Run(nameof(Durables.Status), 8 * 1024 - json);
        var over = await world.Run(nameof(Durables.Status), 8 * 1024 - json + 1);

        fits.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, fits.SerializedOutput);
        fits.SerializedCustomStatus!.Length.ShouldBe(8 * 1024);
        over.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        over.SerializedOutput.ShouldNotBeNull().ShouldContain("16 KB");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_custom_status_that_is_too_large_fails_also_where_the_orchestrator_swallows_it(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables), typeof(BasicFunctions));

        (await world.Run(nameof(Durables.CatchStatus))).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Durable_payloads_have_Pascal_case_names(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables));

        var end = await world.Run(nameof(Durables.Shapes), new Durables.Shape(1, "s"));

        end.SerializedInput.ShouldBe("""{"SideLength":1,"Name":"s"}""");
        end.SerializedOutput.ShouldBe("""{"SideLength":2,"Name":"s"}""");
    }

    [Theory]
    [InlineData(nameof(Durables.Shapes), "no shape")]
    [InlineData(nameof(Durables.WrongResult), "x")]
    [InlineData(nameof(Durables.WrongInput), "x")]
    public async Task A_payload_that_does_not_fit_the_parameter_type_fails_the_orchestration(string name, string input)
    {
        await using var world = await EngineWorld.Start(typeof(Durables), typeof(BasicFunctions));

        var end = await world.Run(name, input);

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        end.SerializedOutput.ShouldNotBeNull().ShouldContain("JSON value could not be converted");
    }

    [Fact]
    public async Task A_payload_that_does_not_fit_an_event_fails_the_orchestration()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Durables.Wait));
        await world.Client.RaiseEventAsync(id, "Go", new { Not = "text" });

        (await world.End(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Payloads_over_45_KB_go_through(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Durables));

        var end = await world.Run(nameof(Durables.Shapes), new Durables.Shape(1, new string('é', 200_000)));

        end.ReadOutputAs<Durables.Shape>()!.Name.Length.ShouldBe(200_000);
    }

    [Fact]
    public async Task An_unknown_orchestrator_or_activity_fails_with_its_name()
    {
        await using var world = await EngineWorld.Start(typeof(Durables));

        (await world.Run("Nobody")).SerializedOutput.ShouldNotBeNull().ShouldContain("'Nobody'");
        (await world.Run(nameof(Durables.CallBroken))).SerializedOutput.ShouldNotBeNull().ShouldContain("'Say'");
    }
}
