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
            return null!;
        }

        var answer = await resolver.FindTextAsync(name, cancellationToken);
        return answer.Status switch
        {
            DnsStatus.Failed => throw new TransientFault("The key of a mail's signature could not be looked up."),
            DnsStatus.Found when answer.Records is [var record] => GetPublicKey(record),
            _ => null!,
        };
    }
}
