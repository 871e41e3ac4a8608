using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Scanning;

/// <summary>Who looks for viruses.</summary>
internal enum ScanBy
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>clamd, over TCP.</summary>
    Clamd,

    /// <summary>Microsoft Defender for Storage, which tags the blob.</summary>
    Defender,
}

/// <summary>What becomes of a message after a finding.</summary>
internal enum ScanOutcome
{
    /// <summary>Every recipient bounces, and the sender is told.</summary>
    Reject,

    /// <summary>It is sent, but by link alone.</summary>
    Link,

    /// <summary>It waits and is scanned again, for a day.</summary>
    Defer,

    /// <summary>It is sent as if nothing had been found.</summary>
    Send,
}

/// <summary>Section <c>Scanning</c>: the virus scan before anything of a message is sent.</summary>
internal sealed class ScanningOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Scanning";

    /// <summary><c>None</c> (default), <c>Clamd</c>, or <c>Defender</c> (Azure: Defender for Storage with on-upload scanning on the content account).</summary>
    public ScanBy By { get; set; }

    /// <summary>Address of clamd as <c>host:port</c>, reached over a network that the operator trusts: messages go there in clear. Needed with <c>Clamd</c>.</summary>
    public string Clamd { get; set; } = "";

    /// <summary>Longest time of one scan. Default 2 minutes; 1 s to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A virus was found: <c>Reject</c> (default) or <c>Defer</c>.</summary>
    public ScanOutcome OnInfected { get; set; } = ScanOutcome.Reject;

    /// <summary>The scanner could not look inside (encrypted, too large): <c>Send</c> (default), <c>Link</c>, <c>Reject</c> or <c>Defer</c>.</summary>
    public ScanOutcome OnUnscannable { get; set; } = ScanOutcome.Send;

    /// <summary>The scanner does not answer: <c>Defer</c> (default), <c>Reject</c>, <c>Link</c> or <c>Send</c>.</summary>
    public ScanOutcome OnDown { get; set; } = ScanOutcome.Defer;

    /// <summary>What becomes of a message; null where nothing was found.</summary>
    public ScanOutcome? OutcomeOf(ScanFinding finding) =>
        finding switch
        {
            ScanFinding.Infected => OnInfected,
            ScanFinding.Unscannable => OnUnscannable,
            ScanFinding.Down => OnDown,
            _ => null,
        };
}
