using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages.Signing;

/// <summary>One private key with its place in DNS.</summary>
internal sealed class DkimKey : IDisposable
{
    private const int MinRsaBits = 2048;
    private const string Ed25519Oid = "06032b6570";
    private readonly RSA? _rsa;
    private readonly Ed25519PrivateKeyParameters? _ed25519;

    private DkimKey(MailDomain domain, string selector, RSA? rsa, Ed25519PrivateKeyParameters? ed25519) =>
        (Domain, Selector, _rsa, _ed25519) = (domain, selector, rsa, ed25519);

    /// <summary>The signing domain.</summary>
    public MailDomain Domain { get; }

    /// <summary>Its selector.</summary>
    public string Selector { get; }

    /// <summary>Tag <c>a=</c>.</summary>
    public string Algorithm => _rsa is null ? "ed25519-sha256" : "rsa-sha256";

    /// <summary>Reads a key.</summary>
    /// <exception cref="CryptographicException">Too short, or no such kind of key.</exception>
    /// <exception cref="ArgumentException">No PEM.</exception>
    public static DkimKey Of(DkimKeySetting setting)
    {
        var pem = setting.KeyFile is { Length: > 0 } file ? File.ReadAllText(file) : setting.Key!;
        var domain = MailDomain.Parse(setting.Domain);
        var fields = PemEncoding.Find(pem);
        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        if (Convert.ToHexStringLower(der).Contains(Ed25519Oid, StringComparison.Ordinal) && der.Length < 100)
        {
            return PrivateKeyFactory.CreateKey(der) is Ed25519PrivateKeyParameters key
                ? new DkimKey(domain, setting.Selector, null, key)
                : throw new CryptographicException("Not an Ed25519 key.");
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa.KeySize >= MinRsaBits
            ? new DkimKey(domain, setting.Selector, rsa, null)
            : throw new CryptographicException("An RSA key needs 2048 bits.");
    }

    /// <summary>The key is for authors of this domain: it signs in its name or in that of a parent (relaxed alignment, RFC 7489 section 3.1.1).</summary>
    public bool IsFor(MailDomain author) =>
        author == Domain || author.Name.EndsWith($".{Domain.Name}", StringComparison.Ordinal);

    /// <summary>Signs what was hashed (RFC 6376 section 3.3, RFC 8463 section 3).</summary>
    public byte[] Sign(byte[] data)
    {
        if (_rsa is not null)
        {
            return _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        var (signer, hash) = (new Ed25519Signer(), SHA256.HashData(data));
        signer.Init(true, _ed25519);
        signer.BlockUpdate(hash, 0, hash.Length);
        return signer.GenerateSignature();
    }

    /// <inheritdoc/>
    public void Dispose() => _rsa?.Dispose();
}
