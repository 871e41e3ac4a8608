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

    /// <summary>How long an approver who gave the PIN stays signed in. Default 15 minutes; 1 minute to 12 hours.</summary>
    [Range(
        typeof(TimeSpan),
        "00:01:00",
        "12:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Hold:SessionLife must lie between 00:01:00 and 12:00:00."
    )]
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Wrong PINs of one approver in a row before none is looked at for <see cref="PinLock"/>. Default 5; 1 to 20.</summary>
    [Range(1, 20, ErrorMessage = "Hold:PinAttempts must lie between 1 and 20.")]
    public int PinAttempts { get; set; } = 5;

    /// <summary>How long no PIN of an approver is looked at after too many wrong ones. Default 15 minutes; 1 minute to 1 day.</summary>
    [Range(
        typeof(TimeSpan),
        "00:01:00",
        "1.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Hold:PinLock must lie between 00:01:00 and 1.00:00:00."
    )]
    public TimeSpan PinLock { get; set; } = TimeSpan.FromMinutes(15);
}
