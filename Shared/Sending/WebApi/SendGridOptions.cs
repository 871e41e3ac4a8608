using System.ComponentModel.DataAnnotations;

namespace TlsOrLink.Sending.WebApi;

/// <summary>Section <c>SendGrid</c>: the transport <c>sendgrid</c> and its event webhook.</summary>
internal sealed class SendGridOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "SendGrid";

    /// <summary>Base address of the Web API; <c>https://api.eu.sendgrid.com</c> for EU subusers. HTTPS. Default <c>https://api.sendgrid.com</c>.</summary>
    public Uri BaseUri { get; set; } = new("https://api.sendgrid.com");

    /// <summary>
    /// Key of the account or subuser that enforces TLS (<c>require_tls</c>, <c>require_valid_cert</c>, version 1.2): it carries route <c>tls</c>. Scopes
    /// <c>mail.send</c> and <c>user.settings.enforced_tls.read</c>. Keep it in a vault.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Key of a subuser that does not enforce TLS, for link mails and the service's own: with enforced TLS they would be dropped where a link is needed.
    /// Default: <c>SendGrid:ApiKey</c>.
    /// </summary>
    public string? NoticeApiKey { get; set; }

    /// <summary>Public key of the signed event webhook, base64 as SendGrid shows it. Default none: events are refused and no mail is ever known to have arrived.</summary>
    public string? WebhookKey { get; set; }

    /// <summary>How long what the account enforces is believed. Default 5 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PromiseLife { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time of one request. Default 2 min; 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestDeadline { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of a whole request; larger mail goes by link. Default 30,000,000 (the API's limit); 100,000 to that.</summary>
    [Range(100_000, 30_000_000)]
    public int MaxBytes { get; set; } = 30_000_000;

    /// <summary>Bytes of all attachments, decoded; more go by link. Default 22,000,000; 1000 to that.</summary>
    [Range(1000, 22_000_000)]
    public int MaxFileBytes { get; set; } = 22_000_000;

    /// <summary>How far an event's timestamp may be off, either way. Default 10 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WebhookTolerance { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.Equals(BaseUri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        {
            yield return new ValidationResult("SendGrid:BaseUri must be HTTPS: the key goes over it.");
        }

        if (WebhookKey is { Length: > 0 } key && !WebhookSignature.IsKey(key))
        {
            yield return new ValidationResult(
                "SendGrid:WebhookKey must be the base64 text of the verification key that SendGrid shows."
            );
        }
    }
}
