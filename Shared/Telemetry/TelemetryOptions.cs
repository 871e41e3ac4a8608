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
    public string? InsightsConnection { get; set; }
}
