using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Smtp;

public sealed class CertificateReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(X509ChainStatusFlags.NoError, "")]
    [InlineData(X509ChainStatusFlags.PartialChain, "untrusted-root")]
    [InlineData(X509ChainStatusFlags.HasWeakSignature, "weak-signature")]
    [InlineData(X509ChainStatusFlags.NotValidForUsage, "wrong-purpose")]
    [InlineData(X509ChainStatusFlags.InvalidBasicConstraints, "invalid-chain")]
    [InlineData(X509ChainStatusFlags.NotTimeValid, "expired")] // of an issuer: the leaf itself is in its time
    public void Names_what_is_wrong_with_the_chain(X509ChainStatusFlags status, string slug)
    {
        using var leaf = Leaf(2048, "mx.test", issued: true);

        Errors(leaf, status).ShouldBe(slug.Length == 0 ? [] : [slug]);
    }

    [Fact]
    public void Finds_a_short_key_weak_though_its_chain_is_trusted()
    {
        using var leaf = Leaf(1024, "mx.test", issued: true);

        Errors(leaf, X509ChainStatusFlags.NoError).ShouldBe(["weak-key"]);
    }

    [Theory]
    [InlineData(192, X509KeyUsageFlags.DigitalSignature, true)]
    [InlineData(192, X509KeyUsageFlags.KeyAgreement, true)]
    [InlineData(256, X509KeyUsageFlags.KeyAgreement, false)]
    public void Finds_a_short_curve_weak_whatever_its_key_is_for(int bits, X509KeyUsageFlags usage, bool isWeak)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName($"brainpoolP{bits}r1"));
        var request = new CertificateRequest("CN=mx.test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        using var leaf = Issue(request, X509SignatureGenerator.CreateForECDsa(key), "mx.test", issued: true);

        Errors(leaf, X509ChainStatusFlags.NoError).ShouldBe(isWeak ? ["weak-key"] : []);
    }

    [Fact]
    public void Finds_sha_1_weak_though_its_chain_is_trusted()
    {
        using var modern = Leaf(2048, "mx.test", issued: true);
        // The object identifier of sha256WithRSAEncryption made that of sha1WithRSAEncryption: .NET no longer signs with SHA-1.
        using var leaf = X509CertificateLoader.LoadCertificate(
            Convert.FromHexString(
                Convert
                    .ToHexString(modern.RawData)
                    .Replace("2A864886F70D01010B", "2A864886F70D010105", StringComparison.Ordinal)
            )
        );

        Errors(leaf, X509ChainStatusFlags.NoError).ShouldBe(["weak-signature"]);
    }

    [Fact]
    public void Ignores_the_common_name()
    {
        using var leaf = Leaf(2048, null, issued: true);

        leaf.Subject.ShouldBe("CN=mx.test");
        Errors(leaf, X509ChainStatusFlags.NoError).ShouldBe(["name-mismatch"]);
    }

    [Theory]
    [InlineData("*.test", "mx.test", true)]
    [InlineData("*.test", "a.mx.test", false)]
    [InlineData("mx.test", "MX.test", true)]
    [InlineData("mx.test", "mx.test.evil.example", false)]
    public void Matches_wildcards_for_one_label(string name, string host, bool matches)
    {
        using var leaf = Leaf(2048, name, issued: true);

        CertificateReading.Read(leaf, X509ChainStatusFlags.NoError, host, Now).Errors.Count.ShouldBe(matches ? 0 : 1);
    }

    [Fact]
    public void Calls_a_certificate_that_vouches_for_itself_self_signed()
    {
        using var leaf = Leaf(2048, "mx.test", issued: false);

        Errors(leaf, X509ChainStatusFlags.UntrustedRoot).ShouldBe(["self-signed"]);
    }

    private static IReadOnlyList<string> Errors(X509Certificate2 leaf, X509ChainStatusFlags status) =>
        CertificateReading.Read(leaf, status, "mx.test", Now).Errors;

    private static X509Certificate2 Leaf(int bits, string? name, bool issued)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=mx.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Issue(request, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), name, issued);
    }

    private static X509Certificate2 Issue(
        CertificateRequest request,
        X509SignatureGenerator signer,
        string? name,
        bool issued
    )
    {
        if (name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        var issuer = new X500DistinguishedName(issued ? "CN=Issuer" : "CN=mx.test");
        return request.Create(issuer, signer, Now.AddDays(-1), Now.AddDays(1), [1]);
    }
}
