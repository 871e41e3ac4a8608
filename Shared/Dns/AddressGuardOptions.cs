using System.ComponentModel.DataAnnotations;
using System.Net;
using TlsOrLink.Settings;

namespace TlsOrLink.Dns;

/// <summary>What of section <c>Smtp</c> the address guard reads.</summary>
internal sealed class AddressGuardOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Smtp";

    /// <summary>
    /// Ranges in CIDR form that may be dialled although they are not public, such as <c>127.0.0.0/8</c> in tests. Default none. Each opens
    /// addresses that anybody's MX record can point to.
    /// </summary>
    [Example("127.0.0.0/8")]
    public List<string> OpenRanges { get; set; } = [];

    /// <summary>The ranges.</summary>
    public IReadOnlyList<IPNetwork> Networks() => NetworkRanges.Parse(OpenRanges);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        NetworkRanges.Faults($"{Section}:{nameof(OpenRanges)}", "127.0.0.0/8", OpenRanges);
}
