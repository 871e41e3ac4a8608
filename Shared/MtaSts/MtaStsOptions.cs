using System.ComponentModel.DataAnnotations;
using TlsOrLink.Settings;

namespace TlsOrLink.MtaSts;

/// <summary>Settings of the policy fetch, section <c>MtaSts</c>.</summary>
internal sealed class MtaStsOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "MtaSts";

    /// <summary>Port of policy hosts. Default 443, as RFC 8461 has it; another in tests.</summary>
    [Range(1, 65535, ErrorMessage = "MtaSts:Port must be from 1 to 65535.")]
    public int Port { get; set; } = 443;

    /// <summary>
    /// PEM file with the roots that policy hosts are checked against, in place of the system's store. Default: <c>Smtp:TrustBundle</c>, and
    /// where that is not set either, the system's store.
    /// </summary>
    [Example("/etc/ssl/roots.pem")]
    public string? TrustBundle { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        string.IsNullOrEmpty(TrustBundle) || File.Exists(TrustBundle)
            ? []
            : [new ValidationResult("MtaSts:TrustBundle (or Smtp:TrustBundle) names a file that does not exist.")];
}
