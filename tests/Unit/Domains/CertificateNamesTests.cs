using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsOrLink.Domains;

namespace TlsOrLink.Tests.Unit.Domains;

public sealed class CertificateNamesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("mx.evil.example", true)]
    [InlineData("evil.example", false)]
    [InlineData("_mx.evil.example", false)]
    [InlineData("-mx.evil.example", false)]
    [InlineData("mx-.evil.example", false)]
    [InlineData("", false)]
    public void A_malformed_host_is_named_by_no_certificate(string host, bool named)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("mx.evil.example");
        using var leaf = Leaf(names.Build());

        leaf.NamesHost(host).ShouldBe(named);
    }

    [Fact]
    public void A_certificate_with_malformed_names_names_nobody()
    {
        using var leaf = Leaf(new X509Extension("2.5.29.17", [0x30, 0x7f, 0x01], critical: false));

        leaf.NamesHost("mx.evil.example").ShouldBeFalse();
    }

    private static X509Certificate2 Leaf(X509Extension names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx.evil.example", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names);
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }
}
