using System.ComponentModel.DataAnnotations;
using TlsOrLink.Domains;
using TlsOrLink.Sending.WebApi;
using TlsOrLink.Settings;

namespace TlsOrLink.Inbound;

/// <summary>Section <c>Inbound</c>: mail that comes in by SendGrid Inbound Parse.</summary>
internal sealed class InboundOptions : IValidatableObject
{
    public const string Section = "Inbound";

    /// <summary>
    /// Public key of the Parse webhook's security policy, base64 as SendGrid's API gives it. Default none: the hook is shut and answers 401. It is not the key of
    /// the event webhook.
    /// </summary>
    [Example("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…")]
    public string? Key { get; set; }

    /// <summary>
    /// Name of the caller (<c>Callers:n:Name</c>) in whose name mail that comes in is sent: its senders, hold and approvers count. Default none: only
    /// bounces of our own mail are taken.
    /// </summary>
    [Example("inbound")]
    public string? Caller { get; set; }

    /// <summary>The domain whose mail SendGrid hands to the hook: addresses in it are never recipients. Needed with <see cref="Caller"/>.</summary>
    [Example("out.example.co.jp")]
    public string? Domain { get; set; }

    /// <summary>How far a request's timestamp may be off, either way. Default 10 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How old the author's signature may be, by its <c>t=</c> or else the Date field: older mail is somebody's replay. Default 3 days; 1 hour to 14 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "14.00:00:00")]
    public TimeSpan SignatureLife { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Size of a request in bytes. Default 45,000,000: Inbound Parse hands on mail of up to 30 MB; 1,000 to 140,000,000.</summary>
    [Range(1_000L, 140_000_000L)]
    public long MaxBytes { get; set; } = 45_000_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Key is { Length: > 0 } key && !WebhookSignature.IsKey(key))
        {
            yield return new ValidationResult(
                "Inbound:Key must be the base64 text of the public key of the Parse webhook's security policy."
            );
        }

        if (Caller is not null && !MailDomain.TryParse(Domain ?? "", out _))
        {
            yield return new ValidationResult(
                "Inbound:Domain must be the domain whose mail comes in, such as out.example.co.jp, where Inbound:Caller is set."
            );
        }
    }
}
