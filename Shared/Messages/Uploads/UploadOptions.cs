using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Messages.Uploads;

/// <summary>Section <c>Uploads</c>: files that are too large for one request.</summary>
internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>Size of one uploaded file in bytes. Default 2,000,000,000; 1,000 to 50,000,000,000.</summary>
    [Range(1_000L, 50_000_000_000L, ErrorMessage = "Uploads:MaxBytes must lie between 1000 and 50000000000.")]
    public long MaxBytes { get; set; } = 2_000_000_000;

    /// <summary>
    /// How long an upload session is open: its URL works, and a message may refer to it. Default 1 hour, which is 4.5 GB at 10 Mbit/s; 5 minutes
    /// to 1 hour.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:05:00",
        "01:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Uploads:Life must lie between 00:05:00 and 01:00:00."
    )]
    public TimeSpan Life { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Sessions that one caller may have open at a time, those that no message refers to yet. Default 50; 1 to 1,000. Ten times as many may there be whose URL still works, those
    /// included that a message refers to.
    /// </summary>
    [Range(1, 1_000, ErrorMessage = "Uploads:MaxOpen must lie between 1 and 1000.")]
    public int MaxOpen { get; set; } = 50;

    /// <summary>A URL writes until its session ends, also once a message has its copy: so these are bounded too.</summary>
    internal int MaxLive => 10 * MaxOpen;

    /// <summary>Uploaded files that one message may refer to. Default 20; 1 to 50.</summary>
    [Range(1, 50, ErrorMessage = "Uploads:MaxPerMessage must lie between 1 and 50.")]
    public int MaxPerMessage { get; set; } = 20;
}
