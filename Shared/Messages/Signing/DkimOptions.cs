using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages.Signing;

/// <summary>Section <c>Dkim</c>: a list of keys with which mail is signed (RFC 6376). A domain may have several, such as RSA and Ed25519 (RFC 8463).</summary>
internal sealed class DkimOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Dkim";

    /// <summary>The keys. Default none: mail is not signed.</summary>
    public List<DkimKeySetting> Keys { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Keys.SelectMany((key, index) => Faults(key, $"Dkim:{index}"));

    private static IEnumerable<ValidationResult> Faults(DkimKeySetting key, string path)
    {
        if (!MailDomain.TryParse(key.Domain, out _))
        {
            yield return new ValidationResult($"{path}:Domain must be a mail domain such as sender.example.");
        }

        if (!MailDomain.TryParse($"{key.Selector}.x", out _))
        {
            yield return new ValidationResult($"{path}:Selector must be the name before ._domainkey in DNS.");
        }

        if (string.IsNullOrEmpty(key.Key) == string.IsNullOrEmpty(key.KeyFile))
        {
            yield return new ValidationResult($"{path}:Key or {path}:KeyFile must be set, one of them.");
        }
        else if (Fault(key) is { } fault)
        {
            yield return new ValidationResult($"{path}: {fault}");
        }
    }

    private static string? Fault(DkimKeySetting setting)
    {
        try
        {
            using var key = DkimKey.Of(setting);
            return null;
        }
        catch (Exception error)
            when (error
                    is CryptographicException
                        or ArgumentException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return "the key must be a PEM private key, RSA of at least 2048 bits or Ed25519, that can be read.";
        }
    }
}

/// <summary>One key of the section <c>Dkim</c>.</summary>
internal sealed class DkimKeySetting
{
    /// <summary>The signing domain: for authors of it and of its subdomains.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The public key stands in DNS at <c>{Selector}._domainkey.{Domain}</c>.</summary>
    public string Selector { get; set; } = "";

    /// <summary>The private key as PEM (PKCS#8 or RSA): RSA of at least 2048 bits, or Ed25519. Keep it in a vault.</summary>
    public string? Key { get; set; }

    /// <summary>A file with the private key, instead of <c>Key</c>.</summary>
    public string? KeyFile { get; set; }
}
