using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Rules;

/// <summary>What all invocations have: middleware, bindings, one trace.</summary>
public sealed class InvocationTests
{
    [Fact]
    public async Task Middleware_runs_around_every_kind_of_trigger()
    {
        await using var world = await EngineWorld.Start(
            new EngineWorldOptions { Configure = builder => builder.UseMiddleware<Noting>() },
            typeof(BasicFunctions),
            typeof(OnStartup)
        );
        var answer = await world.Http.PostAsync("/api/greet/you", null);
        answer.EnsureSuccessStatusCode();
        await world.Run("Greet", "hi");
        await EngineWorld.Until(() => Task.FromResult(world.Notes.Count("OnStartup timerTrigger") > 0), "the timer");

        world.Notes.Lines.ShouldContain("Begin durableClient httpTrigger");
        world.Notes.Lines.ShouldContain("Greet orchestrationTrigger");
        world.Notes.Lines.ShouldContain("Say activityTrigger");
    }

    [Fact]
    public async Task UseWhen_runs_where_its_predicate_holds()
    {
        await using var world = await EngineWorld.Start(
            new EngineWorldOptions
            {
                Configure = builder => builder.UseWhen<Noting>(context => context.FunctionDefinition.Name == "Say"),
            },
            typeof(BasicFunctions)
        );

        await world.Run("Greet", "hi");

        world
            .Notes.Lines.Where(l => l.Contains("Trigger", StringComparison.Ordinal))
            .Distinct()
            .ShouldBe(["Say activityTrigger"]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task One_trace_from_the_request_to_the_activities(bool replay)
    {
        var traces = new ConcurrentQueue<(string Name, ActivityTraceId Trace)>();
        await using var world = await EngineWorld.Start(
            new EngineWorldOptions
            {
                ReplayAfterEveryAwait = replay,
                Configure = builder =>
                    builder.UseMiddleware(
                        (context, next) =>
                        {
                            traces.Enqueue((context.FunctionDefinition.Name, Activity.Current!.TraceId));
                            context.TraceContext.TraceParent.ShouldContain(Activity.Current.TraceId.ToString());
                            return next();
                        }
                    ),
            },
            typeof(BasicFunctions)
        );
        var id = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/greet/you");
        request.Headers.Add("traceparent", $"00-{id}-00f067aa0ba902b7-01");

        using var answer = await world.Http.SendAsync(request);
        await EngineWorld.Until(() => Task.FromResult(world.Notes.Lines.Count == 2), "both activities");

        traces.Select(t => t.Trace).Distinct().ShouldBe([id]);
        traces.Select(t => t.Name).Distinct().ShouldBe(["Begin", "Greet", "Say"], ignoreOrder: true);
    }

    private sealed class Noting(Notes notes) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var bindings = context
                .FunctionDefinition.InputBindings.Values.Select(b => b.Type)
                .Order(StringComparer.Ordinal);
            notes.Add($"{context.FunctionDefinition.Name} {string.Join(' ', bindings)}");
            return next(context);
        }
    }

    internal static class OnStartup
    {
        [Function(nameof(OnStartup))]
        public static void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) { }
    }
}
