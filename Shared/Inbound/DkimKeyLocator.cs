using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using TlsOrLink.Faults;

namespace TlsOrLink.Inbound;

/// <summary>The key of one signature, where its record lets it count.</summary>
internal sealed class DkimKeyLocator(DkimKeys keys, DkimTags signature) : DkimPublicKeyLocatorBase
{
    /// <inheritdoc/>
    public override AsymmetricKeyParameter LocatePublicKey(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("Names are looked up asynchronously.");

    /// <inheritdoc/>
    /// <exception cref="FormatException">There is no such key, or it is not for this.</exception>
    /// <exception cref="TransientFault">The domain's name servers do not answer.</exception>
    public override async Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    ) =>
        methods.Split(':').Contains("dns/txt", StringComparer.OrdinalIgnoreCase)
        && await keys.FindAsync(domain, selector, cancellationToken) is { } record
        && DkimKeyRecord.Allows(record, signature)
            ? KeyOf(record)
            : throw NoKey();

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
    private static FormatException NoKey() => new("The name that the signature gives has no key for it.");
}
