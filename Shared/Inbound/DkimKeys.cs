using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using TlsOrLink.Dns;
using TlsOrLink.Faults;

namespace TlsOrLink.Inbound;

/// <summary>Public keys of signing domains (RFC 6376 section 3.6.2), by the one resolver.</summary>
internal sealed class DkimKeys(IResolver resolver) : DkimPublicKeyLocatorBase
{
    /// <inheritdoc/>
    public override AsymmetricKeyParameter LocatePublicKey(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("Names are looked up asynchronously.");

    /// <inheritdoc/>
    /// <exception cref="FormatException">There is no such key.</exception>
    /// <exception cref="TransientFault">The domain's name servers do not answer: nothing is known of the mail yet.</exception>
    public override async Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    )
    {
        if (
            !methods.Split(':').Contains("dns/txt", StringComparer.OrdinalIgnoreCase)
            || !DnsName.TryParse($"{selector}._domainkey.{domain}", out var name)
        )
        {
            throw NoKey();
        }

        var answer = await resolver.FindTextAsync(name, cancellationToken);
        return answer.Status switch
        {
            DnsStatus.Failed => throw new TransientFault("The key of a mail's signature could not be looked up."),
            DnsStatus.Found when answer.Records is [var record] => KeyOf(record),
            _ => throw NoKey(),
        };
    }

    private static AsymmetricKeyParameter KeyOf(string record)
    {
        try
        {
            return GetPublicKey(record) ?? throw NoKey();
        }
        catch (Exception)
        {
            // A record of another kind, or a key that was revoked (an empty p=): the parser throws whatever it comes upon.
            throw NoKey();
        }
    }

    /// <summary>Null would be a fault: the verifier uses the key without a look at it.</summary>
    private static FormatException NoKey() => new("The name that the signature gives has no key.");
}
