using System.ComponentModel.DataAnnotations;
using TlsOrLink.Settings;

namespace TlsOrLink.Telemetry;

/// <summary>Section <c>Telemetry</c>: where traces, metrics and logs go on Azure.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Connection string of Application Insights, written to with the app's identity; read by the Azure build alone. Default none. The embedded
    /// host sends to an OpenTelemetry collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
    /// </summary>
    [Example("InstrumentationKey=...;IngestionEndpoint=...")]
    public string? InsightsConnection { get; set; }

    /// <summary>Traces kept a second; more are sampled, whole traces at a time, while metrics count all. Default 5; 0.1 to 1000.</summary>
    [Range(0.1, 1000)]
    public double TracesPerSecond { get; set; } = 5;
}
