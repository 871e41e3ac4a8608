using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Embedded;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>Orchestrations of the embedded host, alone: fan-out of 5 activities, 100 at once, every step on disk before its effect.</summary>
internal sealed class Orchestrations : IRow
{
    private const int AtOnce = 100;

    public string Name => "orchestrations";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var count = effort.Pick(50, 2000, 5000);
        using var folder = new TempFolder();
        var sides = await Rounds.RunAsync(effort.Rounds, effort.RowTime, () => RateAsync(folder, count));
        return
        [
            new(
                "embedded orchestrations, fan-out of 5 activities, 100 at once, every step on disk (fsync) before its effect, steps that wait share a commit",
                "none",
                Goal.AtLeast(1000, "a second"),
                sides[0].Median,
                $"{sides[0].Show("F0")} a second"
            ),
        ];
    }

    private static async Task<double> RateAsync(TempFolder folder, int count)
    {
        using var host = Build(folder.File($"{Guid.NewGuid():n}.db"));
        await host.StartAsync();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        await Crowd.RunAsync(AtOnce, AtOnce, _ => RunOneAsync(client));
        var rate = await Crowd.RateAsync(count, AtOnce, _ => RunOneAsync(client));
        await host.StopAsync();
        return rate;
    }

    private static async Task RunOneAsync(DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(FanOutFunctions.FanOut), 5);
        var end = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        if (end.ReadOutputAs<int>() != 30)
        {
            throw new InvalidOperationException($"{id} is {end.RuntimeStatus}: {end.SerializedOutput}");
        }
    }

    private static IHost Build(string database)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["URLS"] = "http://127.0.0.1:0", ["Embedded:Database"] = database }
        );
        builder.Services.Configure<EmbeddedOptions>(embedded =>
        {
            embedded.FunctionClasses.Add(typeof(FanOutFunctions));
        });
        builder.Logging.ClearProviders();
        builder.ConfigureFunctionsWebApplication();
        return builder.Build();
    }
}

/// <summary>What the row runs.</summary>
internal static class FanOutFunctions
{
    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var squares = Enumerable
            .Range(0, context.GetInput<int>())
            .Select(n => context.CallActivityAsync<int>(nameof(Square), n));
        return (await Task.WhenAll(squares)).Sum();
    }

    [Function(nameof(Square))]
    public static int Square([ActivityTrigger] int number) => number * number;
}
