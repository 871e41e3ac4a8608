namespace TlsOrLink.Scanning;

/// <summary>Reasons that scanning adds; <c>docs/tls-decision.md</c> says what each means.</summary>
internal static class ScanReasons
{
    /// <summary>A virus was found.</summary>
    public const string Infected = "virus-found";

    /// <summary>The scanner could not look inside.</summary>
    public const string Unscannable = "not-scannable";

    /// <summary>The scanner does not answer.</summary>
    public const string Down = "scanner-down";

    /// <summary>The slug of a finding.</summary>
    public static string Of(ScanFinding finding) =>
        finding switch
        {
            ScanFinding.Infected => Infected,
            ScanFinding.Unscannable => Unscannable,
            _ => Down,
        };
}
