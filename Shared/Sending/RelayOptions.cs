using System.ComponentModel.DataAnnotations;
using TlsOrLink.Dns;
using TlsOrLink.Settings;

namespace TlsOrLink.Sending;

/// <summary>Section <c>Relay</c>: the smart host of the transport <c>relay</c>. Its certificate must be valid for its name; without TLS nothing is sent.</summary>
internal sealed class RelayOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Relay";

    /// <summary>Host name, which its certificate must have. Needed where a transport is <c>relay</c>.</summary>
    [Example("smtp.relay.example")]
    public string? Host { get; set; }

    /// <summary>Port: 465 is TLS from the start, any other STARTTLS. Default 587; 1 to 65535.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>TLS from the start whatever the port (RFC 8314). Default: at port 465.</summary>
    [Example("true")]
    public bool? TlsFromStart { get; set; }

    /// <summary>Name for AUTH. Default none: the relay knows us by our address.</summary>
    [Example("tlsorlink")]
    public string? User { get; set; }

    /// <summary>Secret for AUTH. Keep it in a vault.</summary>
    [Example("$RELAY_SECRET")]
    public string? Secret { get; set; }

    /// <summary>
    /// The operator's own word that the relay sends on over verified TLS or not at all. Without it a relay carries attachments only where it takes
    /// REQUIRETLS (RFC 8689). Default false.
    /// </summary>
    public bool OnwardTls { get; set; }

    /// <summary>How long what the relay offers is believed. Default 5 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PromiseLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is not null && (!DnsName.TryParse(Host, out var name) || name.IsAddressLiteral))
        {
            yield return new ValidationResult("Relay:Host must be a host name: its certificate is checked against it.");
        }

        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Secret))
        {
            yield return new ValidationResult("Relay:User and Relay:Secret must be set together, or neither.");
        }
    }
}
