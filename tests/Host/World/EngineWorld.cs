using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Embedded;
using TlsOrLink.Embedded.Durable;

namespace TlsOrLink.Tests.Host.World;

/// <summary>A real host with the given function classes, a port and a database file of its own.</summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder;
    private readonly bool _ownsFolder;

    private EngineWorld(IHost host, string folder, bool ownsFolder)
    {
        Host = host;
        _folder = folder;
        _ownsFolder = ownsFolder;
    }

    public IHost Host { get; }

    public string Folder => _folder;

    public DurableTaskClient Client => Host.Services.GetRequiredService<DurableTaskClient>();

    public DurableEngine Engine => Host.Services.GetRequiredService<DurableEngine>();

    public Notes Notes => Host.Services.GetRequiredService<Notes>();

    public LogLines Logs => Host.Services.GetRequiredService<LogLines>();

    public HttpClient Http =>
        field ??= new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = Patience }
        )
        {
            BaseAddress = Address,
            Timeout = Patience,
        };

    public Uri Address =>
        new(Host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<EngineWorld> Start(EngineWorldOptions options, params Type[] functions)
    {
        var folder = options.Folder ?? Directory.CreateTempSubdirectory("embedded-").FullName;
        var host = Build(options, folder, functions);
        await host.StartAsync();
        return new EngineWorld(host, folder, options.Folder is null);
    }

    public static Task<EngineWorld> Start(params Type[] functions) => Start(new EngineWorldOptions(), functions);

    /// <summary>Builds without starting: what is wrong with functions is thrown here.</summary>
    public static IHost Build(EngineWorldOptions options, string folder, params Type[] functions)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["URLS"] = "http://127.0.0.1:0",
                ["Embedded:Database"] = Path.Combine(folder, "engine.db"),
                ["Embedded:ReplayAfterEveryAwait"] = options.ReplayAfterEveryAwait.ToString(),
            }
        );
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Services.Configure<EmbeddedOptions>(embedded =>
        {
            foreach (var type in functions)
            {
                embedded.FunctionClasses.Add(type);
            }
        });
        builder.Services.AddSingleton<Notes>();
        var logs = new LogLines();
        builder.Services.AddSingleton(logs);
        builder.Logging.ClearProviders().AddProvider(logs);
        if (options.Clock is { } clock)
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
        }

        builder.ConfigureFunctionsWebApplication();
        options.Configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Runs an orchestration to its end.</summary>
    public async Task<OrchestrationMetadata> Run(string name, object? input = null, string? id = null)
    {
        var instance = await Client.ScheduleNewOrchestrationInstanceAsync(
            name,
            input,
            new Microsoft.DurableTask.StartOrchestrationOptions(id)
        );
        return await End(instance);
    }

    public async Task<OrchestrationMetadata> End(string instance)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, patience.Token);
        }
        catch (OperationCanceledException e)
        {
            var state = await Client.GetInstanceAsync(instance);
            throw new TimeoutException($"Instance '{instance}' is still {state?.RuntimeStatus} after {Patience}.", e);
        }
    }

    /// <summary>Waits until the condition holds, looking again after whatever happens.</summary>
    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            (DateTime.UtcNow < end).ShouldBeTrue($"waited {Patience} for: {what}");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        await ((IAsyncDisposable)Host).DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}

internal sealed record EngineWorldOptions
{
    public bool ReplayAfterEveryAwait { get; init; }

    /// <summary>Null for a temporary one.</summary>
    public string? Folder { get; init; }

    public FakeTimeProvider? Clock { get; init; }

    public Dictionary<string, string?> Settings { get; init; } = [];

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }
}
