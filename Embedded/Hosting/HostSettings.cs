using Microsoft.Extensions.Configuration;

namespace TlsOrLink.Embedded.Hosting;

/// <summary>What host.json says to the platform; read, as there, as configuration section <c>AzureFunctionsJobHost</c>.</summary>
internal sealed class HostSettings(IConfiguration configuration)
{
    public const string Section = "AzureFunctionsJobHost";

    /// <summary>Without slashes at its ends; empty for none.</summary>
    public string RoutePrefix { get; } = (configuration[$"{Section}:extensions:http:routePrefix"] ?? "api").Trim('/');

    public string DefaultVersion { get; } = configuration[$"{Section}:extensions:durableTask:defaultVersion"] ?? "";

    public string TaskHub { get; } = configuration[$"{Section}:extensions:durableTask:hubName"] ?? "Embedded";

    /// <summary>The platform stops larger requests; 104,857,600 unless <c>FUNCTIONS_REQUEST_BODY_SIZE_LIMIT</c> says otherwise.</summary>
    public long RequestLimitBytes { get; } = configuration.GetValue("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", 104_857_600L);
}
