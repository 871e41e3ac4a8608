using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Callers;

/// <summary>Section <c>Callers</c>, beside the list: how much each caller may have probed.</summary>
internal sealed class ProbeBudgetOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = CallersOptions.Section;

    /// <summary>Probes a minute that a caller may ask for in the long run; answers from the cache are free. Default 120; 1 to 100000.</summary>
    [Range(1, 100_000, ErrorMessage = "Callers:ProbesPerMinute must be 1 to 100000.")]
    public int ProbesPerMinute { get; set; } = 120;

    /// <summary>Probes that a caller may ask for at once after a pause. Default 500; 1 to 100000.</summary>
    [Range(1, 100_000, ErrorMessage = "Callers:ProbeBurst must be 1 to 100000.")]
    public int ProbeBurst { get; set; } = 500;
}
