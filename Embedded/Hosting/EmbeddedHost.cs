using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TlsOrLink.Embedded.Durable;
using TlsOrLink.Embedded.Http;
using TlsOrLink.Embedded.Invocation;
using TlsOrLink.Embedded.Timers;

namespace TlsOrLink.Embedded.Hosting;

/// <summary>Puts the host together.</summary>
internal sealed class EmbeddedHost
{
    private static readonly Dictionary<string, string?> s_defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        // Paths hold tokens, and ASP.NET Core logs paths.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };

    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private bool _hasHttp;

    public EmbeddedHost(string[] args)
    {
        Web = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        HostJson.AddTo(Web.Configuration, AppContext.BaseDirectory);
        Web.Configuration.Sources.Insert(
            0,
            new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = s_defaults }
        );
        Web.Services.AddOptions<EmbeddedOptions>()
            .BindConfiguration("Embedded")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        Web.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        Web.Services.AddMvcCore();
        Telemetry.AddTo(Web);
    }

    public WebApplicationBuilder Web { get; }

    public void Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) =>
        _middleware.Add(middleware);

    public void EnableHttp() => _hasHttp = true;

    public IHost Build()
    {
        AddEngine(Web.Services);
        var app = Web.Build();
        var catalog = app.Services.GetRequiredService<FunctionCatalog>();
        var faults = new List<string>();
        if (_hasHttp)
        {
            faults.AddRange(app.Services.GetRequiredService<HttpFunctions>().Map(app));
        }
        else if (catalog.Of(TriggerKind.Http).Any())
        {
            faults.Add("There are HTTP functions, and ConfigureFunctionsWebApplication() is not called.");
        }

        faults.AddRange(app.Services.GetRequiredService<TimerFunctions>().Faults());
        return faults.Count == 0 ? app : throw FunctionCatalog.Faulty(faults);
    }

    private void AddEngine(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DataConverter, JsonDataConverter>();
        services.AddSingleton<HostSettings>();
        services.AddSingleton(provider =>
            FindFunctions(provider.GetRequiredService<IOptions<EmbeddedOptions>>().Value)
        );
        services.AddSingleton(new FunctionPipeline(_middleware));
        services.AddSingleton<DurableStore>();
        services.AddSingleton<ActivityQueue>();
        services.AddSingleton<LiveOrchestrations>();
        services.AddSingleton<DurableEngine>();
        services.AddSingleton<DurableTaskClient, EmbeddedDurableTaskClient>();
        services.AddHostedService(provider => provider.GetRequiredService<DurableEngine>());
        services.AddSingleton<TimerFunctions>();
        services.AddHostedService(provider => provider.GetRequiredService<TimerFunctions>());
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton<FunctionEndpoint>();
        services.AddSingleton<Microsoft.AspNetCore.Routing.MatcherPolicy, MethodPolicy>();
    }

    private static FunctionCatalog FindFunctions(EmbeddedOptions options)
    {
        if (options.FunctionClasses.Count > 0)
        {
            return FunctionCatalog.Scan(options.FunctionClasses);
        }

        var entry = Assembly.GetEntryAssembly();
        var assemblies = options.Assemblies.Concat(entry is null ? [] : [entry]).Distinct();
        return FunctionCatalog.Scan(assemblies.SelectMany(assembly => assembly.GetTypes()));
    }
}
