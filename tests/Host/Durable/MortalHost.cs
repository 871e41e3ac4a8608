using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Durable;

/// <summary>
/// A host in a process of its own, made to be killed. What its activities do is in <c>log.txt</c> of its folder; the first activity
/// that comes to the point at which it is to be killed goes no further.
/// </summary>
internal static class MortalHost
{
    public const string Command = "mortal-host";
    public const string Instance = "journey";

    /// <summary>Starts the orchestration where there is none, and returns when it has ended.</summary>
    public static async Task<int> Run(string folder, string point)
    {
        var options = new EngineWorldOptions
        {
            Folder = folder,
            Settings = new() { ["Journey:Log"] = LogOf(folder), ["Journey:Point"] = point },
        };
        await using var world = await EngineWorld.Start(options, typeof(Journey));
        if (await world.Client.GetInstanceAsync(Instance) is null)
        {
            await world.Client.ScheduleNewOrchestrationInstanceAsync("Travel", new StartOrchestrationOptions(Instance));
            await world.Client.RaiseEventAsync(Instance, "Ticket", "first class");
        }

        var end = await world.End(Instance);
        await File.WriteAllTextAsync(Path.Combine(folder, "result.txt"), $"{end.RuntimeStatus} {end.SerializedOutput}");
        return 0;
    }

    public static string LogOf(string folder) => Path.Combine(folder, "log.txt");

    /// <param name="point">A line of the log; one that is never written lets the host come to the end.</param>
    public static Process Start(string folder, string point)
    {
        var program = Path.ChangeExtension(typeof(MortalHost).Assembly.Location, null);
        return Process.Start(new ProcessStartInfo(program, [Command, folder, point]) { UseShellExecute = false })!;
    }
}

internal sealed class Journey(IConfiguration configuration)
{
    private static readonly Lock s_log = new();
    private static bool s_stands;

    [Function(nameof(Travel))]
    public static async Task<string> Travel([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var ticket = await context.WaitForExternalEvent<string>("ticket");
        await context.CallActivityAsync(nameof(Walk), 1);
        await context.CallActivityAsync(nameof(Walk), 2);
        await context.CreateTimer(TimeSpan.FromMilliseconds(500), CancellationToken.None);
        await context.CallActivityAsync(nameof(Walk), 3);
        await context.CallSubOrchestratorAsync(nameof(Ride), 4);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => context.CallActivityAsync(nameof(Walk), 6)));
        await context.CallActivityAsync(nameof(Walk), 7);
        return ticket;
    }

    [Function(nameof(Ride))]
    public static async Task Ride([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync(nameof(Walk), context.GetInput<int>());
        await context.CallActivityAsync(nameof(Walk), context.GetInput<int>() + 1);
    }

    [Function(nameof(Walk))]
    public async Task Walk([ActivityTrigger] int leg)
    {
        await Log($"begin {leg}");
        await Task.Delay(100);
        await Log($"end {leg}");
    }

    private Task Log(string line)
    {
        lock (s_log)
        {
            File.AppendAllLines(configuration["Journey:Log"]!, [line]);
            if (s_stands || line != configuration["Journey:Point"])
            {
                return Task.CompletedTask;
            }

            s_stands = true;
            return Task.Delay(Timeout.Infinite);
        }
    }
}
