using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Holding;

/// <summary>Section <c>Hold</c>: how long a message waits for a person.</summary>
internal sealed class HoldingOptions
{
    public const string Section = "Hold";

    /// <summary>
    /// After this time a message that waits for release or approval expires: it is not sent, and its sender is told. Counted from intake, or
    /// from the moment before which it may not go. Default 7 days; 1 s to 90 days.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "90.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Hold:UnattendedLife must lie between 00:00:01 and 90.00:00:00."
    )]
    public TimeSpan UnattendedLife { get; set; } = TimeSpan.FromDays(7);
}
