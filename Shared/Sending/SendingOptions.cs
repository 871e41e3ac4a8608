using System.ComponentModel.DataAnnotations;
using TlsOrLink.Domains;
using TlsOrLink.Settings;

namespace TlsOrLink.Sending;

/// <summary>Section <c>Sending</c>: by which way mail leaves, and in whose name ours is.</summary>
internal sealed class SendingOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sending";

    /// <summary>
    /// The way of route <c>tls</c>: <c>direct</c> (to the recipients' MX hosts), <c>relay</c> or <c>sendgrid</c>, which send it on by a promise alone.
    /// Default <c>direct</c>.
    /// </summary>
    [EnumDataType(typeof(TransportKind), ErrorMessage = "Sending:TlsTransport must be direct, relay or sendgrid.")]
    public TransportKind TlsTransport { get; set; }

    /// <summary>The way of link mails and of the service's own: <c>direct</c>, <c>relay</c> or <c>sendgrid</c>. Default <c>direct</c>.</summary>
    [EnumDataType(typeof(TransportKind), ErrorMessage = "Sending:NoticeTransport must be direct, relay or sendgrid.")]
    public TransportKind NoticeTransport { get; set; }

    /// <summary>From address of the mails that the service writes itself (bounces, reports). Default: <c>mailer-daemon@</c> and <c>Sending:EhloName</c>.</summary>
    [Example("mailer-daemon@example.co.jp")]
    public string? OwnAddress { get; set; }

    /// <summary>Display name beside it; at most 100 characters. Default <c>TlsOrLink</c>.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string OwnName { get; set; } = "TlsOrLink";

    /// <summary>Some purpose goes by this way.</summary>
    public bool Uses(TransportKind kind) => TlsTransport == kind || NoticeTransport == kind;

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
