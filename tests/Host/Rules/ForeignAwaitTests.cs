using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>"Orchestrators and middleware hang or fail on foreign awaits": here they fail, and the message names the offence.</summary>
public sealed class ForeignAwaitTests
{
    public static TheoryData<string, string[], bool> Offences
    {
        get
        {
            var data = new TheoryData<string, string[], bool>();
            foreach (var replay in new[] { false, true })
            {
                data.Add(
                    nameof(Offending.ConfigureAwaitFalse),
                    ["ConfigureAwait(false)", "Offending.ConfigureAwaitFalse"],
                    replay
                );
                data.Add(nameof(Offending.ConfigureAwaitFalseOnWhenAll), ["ConfigureAwait(false)"], replay);
                data.Add(nameof(Offending.ConfigureAwaitFalseInBranch), ["ConfigureAwait(false)", "Branch"], replay);
                data.Add(nameof(Offending.ConfigureAwaitFalseOnCallee), ["ConfigureAwait(false)"], replay);
                data.Add(nameof(Offending.Delay), ["Task.Delay", "Offending.Delay"], replay);
                data.Add(nameof(Offending.DelayBesideTimer), ["Task.Delay"], replay);
                data.Add(nameof(Offending.HttpCall), ["System.Net.Http", "Offending.HttpCall"], replay);
                data.Add(nameof(Offending.CancelTimerAsync), ["CancelAsync"], replay);
                data.Add(nameof(Offending.TaskRun), ["Task.Run"], replay);
                data.Add(nameof(Offending.TaskRunAsync), ["Task.Run"], replay);
                data.Add(
                    nameof(Offending.DurableInTaskRun),
                    ["CallActivityAsync", "outside the orchestrator's thread"],
                    replay
                );
                data.Add(nameof(Offending.FileRead), ["await of"], replay);
                data.Add(nameof(Offending.ContinueWith), ["ContinueWith"], replay);
                data.Add(nameof(Offending.Block), ["blocked", "Task.Wait"], replay);
                data.Add(nameof(Offending.NeverCompleted), ["not durable"], replay);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Offences))]
    public async Task An_orchestrator_that_awaits_what_is_not_durable_fails(string name, string[] named, bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Offending), typeof(BasicFunctions));

        try
        {
            await MustFail(world, name, named);
        }
        finally
        {
            world.Notes.Gate(Offending.Gate).TrySetResult();
        }
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task What_comes_back_from_another_thread_beside_a_durable_task_fails_the_orchestration(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Offending), typeof(BasicFunctions));
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Offending.WaitAnyWithForeign));
        await EngineWorld.Until(
            () => Task.FromResult(world.Engine.Parts.Reader.NextTimer(DateTime.MinValue) is not null),
            "the orchestration to wait for both"
        );

        world.Notes.Gate(Offending.Gate).SetResult();

        await MustEnd(world, id, ["another thread", nameof(Offending.WaitAnyWithForeign)]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Middleware_that_awaits_next_with_ConfigureAwait_false_fails_orchestrations(bool replay)
    {
        await using var world = await With<ConfigureAwaitMiddleware>(replay);

        await MustFail(world, "Greet", ["ConfigureAwait(false)", nameof(ConfigureAwaitMiddleware)]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Middleware_that_awaits_io_fails_orchestrations(bool replay)
    {
        await using var world = await With<DelayingMiddleware>(replay);

        await MustFail(world, "Greet", ["Task.Delay", nameof(DelayingMiddleware)]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Middleware_that_is_gone_on_with_before_its_turn_ends_is_named_too(bool replay)
    {
        await using var world = await With<ReturningMiddleware>(replay);

        await MustFail(world, "Greet", ["another thread", nameof(ReturningMiddleware)]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Middleware_that_returns_next_unawaited_is_fine(bool replay)
    {
        await using var world = await With<PassingMiddleware>(replay);

        (await world.Run("Greet", "hi")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task Durable_tasks_in_all_their_combinations_are_no_offence(bool replay)
    {
        await using var world = await Modes.Start(replay, typeof(Allowed), typeof(BasicFunctions));

        var end = await world.Run(nameof(Allowed.Combinations));

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, end.SerializedOutput);
    }

    private static Task<EngineWorld> With<T>(bool replay)
        where T : class, IFunctionsWorkerMiddleware =>
        EngineWorld.Start(
            new EngineWorldOptions
            {
                ReplayAfterEveryAwait = replay,
                Configure = builder => builder.UseMiddleware<T>(),
            },
            typeof(BasicFunctions)
        );

    private static async Task MustFail(EngineWorld world, string name, string[] named)
    {
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(name, "hi", CancellationToken.None);

        await MustEnd(world, id, named);
    }

    private static async Task MustEnd(EngineWorld world, string id, string[] named)
    {
        var end = await world.End(id);

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed, end.SerializedOutput);
        foreach (var part in named)
        {
            end.SerializedOutput.ShouldNotBeNull().ShouldContain(part);
        }
    }

    private sealed class ConfigureAwaitMiddleware : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
            await next(context).ConfigureAwait(false);
    }

    private sealed class DelayingMiddleware : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            await Task.Delay(TimeSpan.FromMinutes(1));
            await next(context);
        }
    }

    private sealed class ReturningMiddleware : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var source = new TaskCompletionSource();
            var invocation = After(source.Task, context, next);
            var other = new Thread(source.SetResult);
            other.Start();
            SpinWait.SpinUntil(() => !other.IsAlive);
            return invocation;
        }

        private static async Task After(Task before, FunctionContext context, FunctionExecutionDelegate next)
        {
            await before;
            await next(context);
        }
    }

    private sealed class PassingMiddleware : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) => next(context);
    }
}
