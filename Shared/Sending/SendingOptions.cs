using System.ComponentModel.DataAnnotations;
using TlsOrLink.Domains;

namespace TlsOrLink.Sending;

/// <summary>Section <c>Sending</c>: by which way mail leaves, and in whose name ours is.</summary>
internal sealed class SendingOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sending";

    /// <summary>From address of the mails that the service writes itself (bounces, reports). Default: <c>mailer-daemon@</c> and <c>Sending:EhloName</c>.</summary>
    public string? OwnAddress { get; set; }

    /// <summary>Display name beside it; at most 100 characters. Default <c>TlsOrLink</c>.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string OwnName { get; set; } = "TlsOrLink";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MailAddress.TryParse(OwnAddress, out _))
        {
            yield return new ValidationResult(
                "Sending:OwnAddress must be a mail address: that from which the service writes to senders. Set it, or set Sending:EhloName to a full host name."
            );
        }
    }
}
