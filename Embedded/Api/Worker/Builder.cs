using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TlsOrLink.Embedded.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(new EmbeddedHost(args));
}

public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly EmbeddedHost _host;

    internal FunctionsApplicationBuilder(EmbeddedHost host) => _host = host;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_host.Web).Properties;

    public ConfigurationManager Configuration => _host.Web.Configuration;

    public IHostEnvironment Environment => _host.Web.Environment;

    public ILoggingBuilder Logging => _host.Web.Logging;

    public IMetricsBuilder Metrics => _host.Web.Metrics;

    public IServiceCollection Services => _host.Web.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => _host.Web.Configuration;

    /// <exception cref="InvalidOperationException">A function, route or schedule is wrong; the message names it.</exception>
    public IHost Build() => _host.Build();

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory,
        Action<TContainerBuilder>? configure = null
    )
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_host.Web).ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _host.Use(middleware);
        return this;
    }

    internal void EnableHttp() => _host.EnableHttp();
}

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.EnableHttp();
        return builder;
    }
}
