using System.ComponentModel.DataAnnotations;
using TlsOrLink.Dns;
using TlsOrLink.Settings;

namespace TlsOrLink.Probing;

/// <summary>Section <c>Probing</c>: how domains are probed.</summary>
internal sealed class ProbingOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Probing";
    private const int FewestCanaries = 3;

    /// <summary>
    /// Mail servers of others, as host names, which show whether our own port 25 is open: it is shut when all of them cannot be reached. Default none
    /// (never found shut); else at least 3, best of different operators.
    /// </summary>
    [Example("mx.example.net")]
    public List<string> Canaries { get; set; } = [];

    /// <summary>How long what the canaries showed is believed. Default 5 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CanaryLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest wait for one canary. Default 10 s; 100 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CanaryDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Hosts of one domain that are probed at once. Default 4; 1 to 10.</summary>
    [Range(1, 10)]
    public int HostsAtOnce { get; set; } = 4;

    /// <summary>How long the other hosts are waited for once one is good. Default 2 s; 0 to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the handshake with one host may serve other domains. Default 5 min; 0 to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SharedFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a domain that could not be judged is left alone. Default 1 min; 1 s to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan UnknownFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Canaries.Count is > 0 and < FewestCanaries)
        {
            yield return new ValidationResult(
                "Probing:Canaries needs at least 3 host names: fewer can be down on their own."
            );
        }

        foreach (var name in Canaries.Where(name => !DnsName.TryParse(name, out _)))
        {
            yield return new ValidationResult($"Probing:Canaries has \"{name}\", which is not a host name.");
        }
    }
}
