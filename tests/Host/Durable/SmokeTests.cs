using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Durable;

public sealed class SmokeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Runs_activities_one_after_the_other(bool replay)
    {
        await using var world = await EngineWorld.Start(
            new EngineWorldOptions { ReplayAfterEveryAwait = replay },
            typeof(BasicFunctions)
        );

        var end = await world.Run("Greet", "hi");

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, end.SerializedOutput);
        end.ReadOutputAs<string>().ShouldBe("hi!!");
        world.Notes.Lines.ShouldBe(["hi", "hi!"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fans_out_and_in(bool replay)
    {
        await using var world = await EngineWorld.Start(
            new EngineWorldOptions { ReplayAfterEveryAwait = replay },
            typeof(BasicFunctions)
        );

        var end = await world.Run("FanOut", 50);

        end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, end.SerializedOutput);
        end.ReadOutputAs<int>().ShouldBe(Enumerable.Range(0, 50).Sum(n => n * n));
    }

    [Fact]
    public async Task An_http_function_starts_an_orchestration()
    {
        await using var world = await EngineWorld.Start(typeof(BasicFunctions));

        var answer = await world.Http.PostAsync("/api/greet/you", null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("instanceId").GetString()!;
        (await world.End(id)).ReadOutputAs<string>().ShouldBe("you!!");
    }
}
