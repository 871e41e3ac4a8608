using System.ComponentModel.DataAnnotations;
using System.Net;

namespace TlsOrLink.Dns;

/// <summary>Ranges of addresses in CIDR form, as settings have them.</summary>
internal static class NetworkRanges
{
    /// <summary>The ranges.</summary>
    /// <exception cref="FormatException">One is none: <see cref="Faults"/> tells before.</exception>
    public static IReadOnlyList<IPNetwork> Parse(IEnumerable<string> ranges) => [.. ranges.Select(IPNetwork.Parse)];

    /// <summary>Says of each text that is no range what would be right.</summary>
    /// <param name="setting">Name of the list, such as <c>Smtp:OpenRanges</c>.</param>
    /// <param name="example">A range that may stand there.</param>
    /// <param name="ranges">The list.</param>
    public static IEnumerable<ValidationResult> Faults(string setting, string example, IEnumerable<string> ranges) =>
        ranges
            .Index()
            .Where(range => !IPNetwork.TryParse(range.Item, out _))
            .Select(range => new ValidationResult($"{setting}:{range.Index} must be a range such as {example}."));
}
