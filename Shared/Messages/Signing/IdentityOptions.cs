using System.ComponentModel.DataAnnotations;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages.Signing;

/// <summary>Section <c>Identity</c>: in whose name link mails go out.</summary>
internal sealed class IdentityOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Identity";

    /// <summary>
    /// Author of link mails whose sender's domain has no key in section <c>Dkim</c>: receivers that demand an aligned signature (DMARC) would refuse
    /// them. The sender's name stays, and answers go to the sender. Best of a domain with a key. Default none: the sender stays the author.
    /// </summary>
    public string? UnalignedFrom { get; set; }

    /// <summary>
    /// A domain whose MX leads to us: MAIL FROM becomes an address in it that names the recipient, each in a transaction of its own, and SPF is
    /// asked of it. Default none: MAIL FROM is the sender's, and bounces from behind the recipient's server go there.
    /// </summary>
    public string? BounceDomain { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UnalignedFrom is not null && !MailAddress.TryParse(UnalignedFrom, out _))
        {
            yield return new ValidationResult("Identity:UnalignedFrom must be a mail address of our own.");
        }

        if (BounceDomain is not null && !MailDomain.TryParse(BounceDomain, out _))
        {
            yield return new ValidationResult(
                "Identity:BounceDomain must be a mail domain such as bounces.sender.example."
            );
        }
    }
}
