using System.Diagnostics;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>From <c>dotnet App.dll</c> to the first answer over HTTP.</summary>
internal sealed class StartTime : IRow
{
    public string Name => "start";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        await using var world = new BenchWorld();
        await using var azurite = await world.StartAzuriteAsync();
        using var client = new HttpClient();
        var settings = await world.GetSettingsAsync(azurite.ConnectionString);
        var empty = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Loopback.FreePort()}" };
        var folder = world.World.Folder.Folder("app");
        await StartAsync(client, effort.App, settings, folder); // makes the tables

        var sides = await Rounds.RunAsync(
            effort.Pick(1, 9, 21),
            effort.RowTime,
            () => StartAsync(client, effort.App, settings, folder),
            () => StartAsync(client, effort.EmptyApp, empty, folder)
        );

        var ratio = sides[0].Over(sides[1]);
        return
        [
            new(
                "start of the published app to its first answer",
                "a published empty ASP.NET Core app",
                Goal.AtMost(2.5, "times"),
                ratio.Median,
                $"{ratio.Show()}; {sides[0].Median * 1000:F0} ms against {sides[1].Median * 1000:F0} ms"
            ),
        ];
    }

    private static async Task<double> StartAsync(
        HttpClient client,
        string assembly,
        Dictionary<string, string> settings,
        string folder
    )
    {
        var health = new Uri(new Uri(settings["ASPNETCORE_URLS"]), "/health");
        var clock = Stopwatch.StartNew();
        await using var app = Child.Start(
            Path.GetFileName(assembly),
            ["dotnet", assembly],
            settings.ToDictionary(s => s.Key, s => (string?)s.Value),
            folder,
            clean: true
        );
        while (!await AnswersAsync(client, health))
        {
            if (app.HasExited || clock.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException($"{assembly} does not answer:\n{app.Output.Text}");
            }

            await Task.Delay(1);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await app.StopAsync();
        return seconds;
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri health)
    {
        try
        {
            using var answer = await client.GetAsync(health);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
