using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Purging;

/// <summary>Section <c>Purging</c>.</summary>
internal sealed class PurgingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Purging";

    /// <summary>Due rows of one kind that one run takes on; the next run goes on from there. Default 1,000; 1 to 100,000.</summary>
    [Range(1, 100_000, ErrorMessage = "Purging:MaxPerRun must lie between 1 and 100000.")]
    public int MaxPerRun { get; set; } = 1000;

    /// <summary>Storage calls of the purge at one time. Default 8; 1 to 64.</summary>
    [Range(1, 64, ErrorMessage = "Purging:Concurrency must lie between 1 and 64.")]
    public int Concurrency { get; set; } = 8;

    /// <summary>How long a finished message's content is kept; files behind a live link stay until it ends. Default 1 day.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "3650.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Purging:ContentLife must lie between 00:00:00 and 3650.00:00:00."
    )]
    public TimeSpan ContentLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long the rows of a finished message (states, receipts) are kept. Default 3 years (1095 days).</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "36500.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Purging:AuditPeriod must lie between 00:00:00 and 36500.00:00:00."
    )]
    public TimeSpan AuditPeriod { get; set; } = TimeSpan.FromDays(1095);

    /// <summary>How long after its start the history of an orchestration that ended is kept. Default 14 days; 1 hour to 1 year.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HistoryLife { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Longest time that a request may last: what a crashed intake left is removed when it is twice this old. Default 1 hour; 10 minutes to 7
    /// days, in Development from 1 second.
    /// </summary>
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the ordinary way may take before the reconciler starts or closes a message itself. Default 2 minutes.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "01:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Purging:Grace must lie between 00:00:01 and 01:00:00."
    )]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>For loops over what storage is asked for one by one.</summary>
    public ParallelOptions AtOnce(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation };
}
