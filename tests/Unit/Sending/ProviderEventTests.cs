using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Sending.WebApi;

namespace TlsOrLink.Tests.Unit.Sending;

/// <summary>What comes in at the provider's webhook.</summary>
public sealed class ProviderEventTests
{
    [Theory]
    [InlineData("""[{"event":"delivered","sg_event_id":"x"}]""")]
    [InlineData("""[{"event":"delivered","sg_event_id":"x","tlsorlink":"../m.0123abcd.0"}]""")]
    [InlineData(
        """[{"event":"delivered","sg_event_id":"x","tlsorlink":"0123456789abcdef0123456789abcdef.0123abcd.-1"}]"""
    )]
    [InlineData("""[{"event":"delivered","tlsorlink":"0123456789abcdef0123456789abcdef.0123abcd.1"}]""")]
    [InlineData("[1,null,\"x\"]")]
    public void Events_without_a_mark_of_ours_are_passed_over(string json) =>
        ProviderEvent.ReadAll(Encoding.UTF8.GetBytes(json)).ShouldBeEmpty();

    [Fact]
    public void A_mark_reads_back()
    {
        var mark = ProviderEvent.MarkOf("0123456789abcdef0123456789abcdef", "0123abcd", 12);

        var read = ProviderEvent
            .ReadAll(
                Encoding.UTF8.GetBytes(
                    $$"""[{"event":"bounce","sg_event_id":"x","timestamp":1,"reason":"550 no\nmore","tlsorlink":"{{mark}}"}]"""
                )
            )
            .ShouldHaveSingleItem();

        (read.Attempt, read.N, read.Words).ShouldBe(("0123abcd", 12, "550 no more"));
    }

    [Fact]
    public void A_signature_counts_for_its_very_timestamp_body_and_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = Convert.ToBase64String(
            key.SignData("100[]"u8.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        );

        WebhookSignature.IsGood(key, "100", "[]"u8, signature).ShouldBeTrue();
        WebhookSignature.IsGood(key, "101", "[]"u8, signature).ShouldBeFalse();
        WebhookSignature.IsGood(key, "100", "[ ]"u8, signature).ShouldBeFalse();
        WebhookSignature.IsGood(other, "100", "[]"u8, signature).ShouldBeFalse();
        WebhookSignature.IsGood(key, "100", "[]"u8, "AAAA").ShouldBeFalse();
        WebhookSignature.IsGood(key, "100", "[]"u8, "not base64").ShouldBeFalse();
    }
}
