using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using TlsOrLink.Embedded.Invocation;

namespace TlsOrLink.Embedded.Hosting;

/// <summary>
/// Traces, metrics and logs to an OpenTelemetry collector, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; the other <c>OTEL_*</c> variables
/// count too. The sources are named: those of ASP.NET Core and of HTTP clients hold paths, and paths hold tokens.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The product's own source and meter.</summary>
    private const string Product = "TlsOrLink";

    public static void AddTo(WebApplicationBuilder web)
    {
        if (string.IsNullOrEmpty(web.Configuration[Endpoint]))
        {
            return;
        }

        web.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("tlsorlink").AddEnvironmentVariableDetector())
            .WithTracing(traces => traces.AddSource(Product, Spans.SourceName))
            .WithMetrics(metrics => metrics.AddMeter(Product, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"))
            .WithLogging()
            .UseOtlpExporter();
        // Scopes hold the request's path.
        web.Services.Configure<OpenTelemetryLoggerOptions>(logs => logs.IncludeScopes = false);
    }
}
