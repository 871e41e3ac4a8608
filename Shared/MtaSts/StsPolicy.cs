using TlsOrLink.Dns;

namespace TlsOrLink.MtaSts;

/// <summary>What a policy asks of senders (RFC 8461 section 5).</summary>
internal enum StsMode
{
    /// <summary>The domain has no policy any more.</summary>
    None,

    /// <summary>Report only: no credit here, since nothing is enforced.</summary>
    Testing,

    /// <summary>Mail goes only to hosts that match and whose certificate is valid.</summary>
    Enforce,
}

/// <summary>An MTA-STS policy (RFC 8461 section 3.2).</summary>
/// <param name="Mode">What it asks.</param>
/// <param name="MaxAge">How long it may be cached, at most 31557600 seconds.</param>
/// <param name="Patterns">The <c>mx</c> patterns in lower case; a leading <c>*.</c> stands for exactly one label.</param>
internal sealed record StsPolicy(StsMode Mode, TimeSpan MaxAge, IReadOnlyList<string> Patterns)
{
    /// <summary>The host matches a pattern (RFC 8461 section 4.1).</summary>
    public bool Covers(DnsName host) =>
        Patterns.Any(pattern =>
            pattern.StartsWith("*.", StringComparison.Ordinal)
                ? IsOneBelow(host, pattern)
                : string.Equals(pattern, host.Value, StringComparison.Ordinal)
        );

    private static bool IsOneBelow(DnsName host, string pattern) =>
        host.Value.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && host.Value.AsSpan(dot).SequenceEqual(pattern.AsSpan(1));
}
