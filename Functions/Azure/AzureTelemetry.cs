using System.Diagnostics;
using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Functions;

/// <summary>
/// Traces, metrics and logs of the worker to Application Insights, by identity. The host process is given no connection string: its own spans
/// of requests would hold paths, and paths hold tokens (<c>docs/decisions/033</c>). In the Azure build alone.
/// </summary>
internal static partial class Setup
{
    static partial void AddTelemetry(FunctionsApplicationBuilder builder)
    {
        var options =
            builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>()
            ?? new TelemetryOptions();
        if (string.IsNullOrEmpty(options.InsightsConnection))
        {
            return;
        }

        builder
            .Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .ConfigureResource(resource => resource.AddService("tlsorlink"))
            .WithTracing(traces => traces.AddSource(Traces.SourceName).AddProcessor(new WithoutPaths()))
            .WithMetrics(metrics => metrics.AddMeter(Measures.MeterName))
            .WithLogging()
            .UseAzureMonitorExporter(exporter =>
            {
                exporter.ConnectionString = options.InsightsConnection;
                exporter.TracesPerSecond = options.TracesPerSecond;
                exporter.EnableLiveMetrics = false;
                exporter.DisableOfflineStorage = true;
            });
        builder
            .Services.AddOptions<AzureMonitorExporterOptions>()
            .Configure<TokenCredential>((exporter, credential) => exporter.Credential = credential);
        builder.Services.Configure<OpenTelemetryLoggerOptions>(logs => logs.IncludeScopes = false);
    }

    /// <summary>Takes what holds a path or a query out of spans, whoever put it there.</summary>
    private sealed class WithoutPaths : BaseProcessor<Activity>
    {
        private static readonly string[] Tags =
        [
            "url.path",
            "url.query",
            "url.full",
            "http.url",
            "http.target",
            "http.path",
        ];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in Tags)
            {
                data.SetTag(tag, null);
            }
        }
    }
}
