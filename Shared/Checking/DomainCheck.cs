using TlsOrLink.Routing;

namespace TlsOrLink.Checking;

/// <summary>An entry with the answer for its domain.</summary>
internal sealed record CheckedEntry(CheckEntry Entry, RoutedDomain Answer);

/// <summary>What a check gave.</summary>
internal abstract record CheckOutcome
{
    private CheckOutcome() { }

    /// <summary>The answers, in the order of the entries.</summary>
    /// <param name="Entries">Every entry with its answer.</param>
    /// <param name="At">When the check ended.</param>
    public sealed record Done(IReadOnlyList<CheckedEntry> Entries, DateTimeOffset At) : CheckOutcome;

    /// <summary>The caller has no probes left; nothing was probed.</summary>
    /// <param name="RetryAfter">When it will have.</param>
    public sealed record TooMany(TimeSpan RetryAfter) : CheckOutcome;
}
