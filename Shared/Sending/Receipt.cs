using System.Text.Json;
using System.Text.Json.Serialization;
using TlsOrLink.Probing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>The evidence kept for one recipient.</summary>
/// <param name="Evidence"><c>observed</c>: our own connection to the recipient's MX host; <c>attested</c>: somebody else's promise.</param>
/// <param name="Host">MX host name.</param>
/// <param name="Address">The very address.</param>
/// <param name="Level">What this connection proved.</param>
/// <param name="TlsVersion">Null in the clear (link mail alone).</param>
/// <param name="CipherSuite">IANA name; null in the clear.</param>
/// <param name="CertificateSha256">Fingerprint of the leaf; null in the clear.</param>
/// <param name="ReplyCode">The server's last word on this recipient; null where the connection ended first.</param>
/// <param name="Reply">Its text.</param>
/// <param name="At">When it was given.</param>
internal sealed record Receipt(
    string Evidence,
    string Host,
    string? Address,
    TlsLevel Level,
    string? TlsVersion,
    string? CipherSuite,
    string? CertificateSha256,
    int? ReplyCode,
    string? Reply,
    DateTimeOffset At
)
{
    /// <summary>Word for <see cref="Evidence"/>.</summary>
    public const string Observed = "observed";

    /// <inheritdoc cref="Observed"/>
    public const string Attested = "attested";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Of one transaction.</summary>
    public static Receipt Of(Opening.Ready connection, SmtpReply? reply, DateTimeOffset at) =>
        new(
            connection.IsAttested ? Attested : Observed,
            connection.Evidence.Host,
            connection.Evidence.Address,
            connection.Evidence.Level,
            connection.Evidence.TlsVersion,
            connection.Evidence.CipherSuite,
            connection.Evidence.Certificate?.Sha256,
            reply?.Code,
            reply?.Text,
            at
        );

    /// <summary>With a later word on the same mail.</summary>
    public Receipt WithReply(int? code, string? reply, DateTimeOffset at) =>
        this with
        {
            ReplyCode = code,
            Reply = reply,
            At = at,
        };

    /// <summary>As it stands in a row.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>From a row.</summary>
    public static Receipt? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<Receipt>(json, Json);
}
