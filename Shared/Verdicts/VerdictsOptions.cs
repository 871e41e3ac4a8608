using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Verdicts;

/// <summary>Section <c>Verdicts</c>: how verdicts are kept and shared.</summary>
internal sealed class VerdictsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Verdicts";

    /// <summary>How long past its life a verdict is still served while it is found anew; never one of level <c>unknown</c>. Default 10 min; 0 to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StaleFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a lease holds that is not renewed: so late another instance takes over from one that was killed. Default 6 s; 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan LeaseLife { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How often an instance looks whether another one has found the verdict. Default 250 ms; 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:10")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait for another instance before probing all the same. Default 30 s; 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Domains that this process probes at once; others wait. Default 100; 1 to 10000.</summary>
    [Range(1, 10_000)]
    public int ProbesAtOnce { get; set; } = 100;

    /// <summary>Domains that are found anew in the background at once; others stay as they are. Default 8; 0 to 1000.</summary>
    [Range(0, 1000)]
    public int RefreshesAtOnce { get; set; } = 8;
}
