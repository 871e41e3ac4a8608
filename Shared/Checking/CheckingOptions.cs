using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Checking;

/// <summary>Section <c>Checking</c>: what may be asked before sending.</summary>
internal sealed class CheckingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Checking";

    /// <summary>Recipients and domains in one check. Default 500; 1 to 10000.</summary>
    [Range(1, 10_000, ErrorMessage = "Checking:MaxEntries must be 1 to 10000.")]
    public int MaxEntries { get; set; } = 500;

    /// <summary>Largest request. Default 1 MiB; 1 KiB to 16 MiB.</summary>
    [Range(1024, 16 << 20, ErrorMessage = "Checking:MaxBytes must be 1024 to 16777216.")]
    public int MaxBytes { get; set; } = 1 << 20;

    /// <summary>A check answers after this time with what it has; a domain still open is <c>unknown</c>, <c>probe-deadline</c>. Default 60 s; 1 s to 200 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:20", ErrorMessage = "Checking:Deadline must be 1 s to 200 s.")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(60);
}
