namespace TlsOrLink.Scanning;

/// <summary>What clamd says of a stream; pure.</summary>
internal static class ClamdReply
{
    /// <summary>Names under which clamd tells that it could not look inside (<c>AlertEncrypted</c>, <c>AlertExceedsMax</c>).</summary>
    private static readonly string[] NotLookedInto = ["Heuristics.Encrypted.", "Heuristics.Limits."];

    /// <summary>The finding of a reply without its end: <c>stream: OK</c>, <c>stream: NAME FOUND</c>, or an error.</summary>
    public static ScanFinding FindingOf(string reply)
    {
        const string Prefix = "stream: ";
        if (reply.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase))
        {
            return ScanFinding.Unscannable;
        }

        if (!reply.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return ScanFinding.Down;
        }

        var said = reply[Prefix.Length..].Trim();
        return said switch
        {
            "OK" => ScanFinding.Clean,
            _ when !said.EndsWith(" FOUND", StringComparison.Ordinal) => ScanFinding.Down,
            _ when NotLookedInto.Any(name => said.StartsWith(name, StringComparison.Ordinal)) =>
                ScanFinding.Unscannable,
            _ => ScanFinding.Infected,
        };
    }
}
