using System.Security.Cryptography.X509Certificates;
using CsCheck;
using TlsOrLink.Dane;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dane;

public sealed class TlsaUsabilityTests
{
    private static readonly X509Certificate2 Certificate = Peers.Leaf(null);

    [Theory]
    [InlineData(0, 1, 1, 32, false)]
    [InlineData(1, 1, 1, 32, false)]
    [InlineData(2, 0, 1, 32, true)]
    [InlineData(2, 1, 2, 64, true)]
    [InlineData(3, 1, 1, 32, true)]
    [InlineData(3, 0, 2, 64, true)]
    [InlineData(3, 1, 1, 31, false)]
    [InlineData(3, 1, 1, 33, false)]
    [InlineData(3, 1, 1, 64, false)]
    [InlineData(3, 1, 2, 32, false)]
    [InlineData(3, 1, 1, 0, false)]
    [InlineData(3, 2, 1, 32, false)]
    [InlineData(3, 1, 3, 32, false)]
    [InlineData(4, 1, 1, 32, false)]
    [InlineData(255, 255, 255, 32, false)]
    [InlineData(3, 0, 0, 32, false)]
    [InlineData(3, 1, 0, 32, false)]
    [InlineData(3, 0, 0, 0, false)]
    public void Knows_usable_records(byte usage, byte selector, byte matching, int length, bool usable) =>
        TlsaUsability
            .Select([new TlsaRecord(usage, selector, matching, new byte[length])])
            .Count.ShouldBe(usable ? 1 : 0);

    [Fact]
    public void Uses_whole_certificates_and_keys_that_parse_to_the_last_byte()
    {
        foreach (byte selector in new byte[] { 0, 1 })
        {
            var record = Peers.Record(3, selector, 0, Certificate);
            TlsaUsability.Select([record]).ShouldBe([record]);
            TlsaUsability
                .Select([record with { Data = record.Data.ToArray().Append((byte)0).ToArray() }])
                .ShouldBeEmpty();
            TlsaUsability.Select([record with { Data = record.Data[..^1] }]).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Uses_only_the_strongest_digest_for_a_usage_and_selector_beside_whole_ones()
    {
        TlsaRecord[] records =
        [
            Peers.Record(3, 1, 1, Certificate),
            Peers.Record(3, 1, 2, Certificate),
            Peers.Record(3, 1, 0, Certificate),
            Peers.Record(3, 0, 1, Certificate),
            Peers.Record(2, 1, 1, Certificate),
        ];
        TlsaUsability.Select(records).ShouldBe([records[1], records[2], records[3], records[4]]);
    }

    [Fact]
    public void An_unusable_stronger_digest_does_not_shadow_a_usable_weaker_one()
    {
        var usable = Peers.Record(3, 1, 1, Certificate);
        TlsaUsability.Select([usable, new TlsaRecord(3, 1, 2, new byte[63])]).ShouldBe([usable]);
    }

    [Fact]
    public void Never_throws_and_passes_only_what_SMTP_may_use() =>
        Gen.Select(
                Gen.Frequency((3, Gen.Byte[0, 4]), (1, Gen.Byte)),
                Gen.Frequency((3, Gen.Byte[0, 2]), (1, Gen.Byte)),
                Gen.Frequency((3, Gen.Byte[0, 3]), (1, Gen.Byte)),
                Gen.OneOf<byte[]>(
                    Gen.Byte.Array[0, 80],
                    Gen.Byte.Array[32],
                    Gen.Select(Gen.Int[0, 500], Gen.Byte, (at, value) => Mutate(Certificate.RawData, at, value)),
                    Gen.Select(
                        Gen.Int[0, 90],
                        Gen.Byte,
                        (at, value) => Mutate(Certificate.PublicKey.ExportSubjectPublicKeyInfo(), at, value)
                    )
                ),
                (usage, selector, matching, data) => new TlsaRecord(usage, selector, matching, data)
            )
            .Array[0, 4]
            .Sample(
                records =>
                {
                    var usable = TlsaUsability.Select(records);
                    usable.Except(records).ShouldBeEmpty();
                    usable.All(record => record is { Usage: 2 or 3, Selector: <= 1, Matching: <= 2 }).ShouldBeTrue();
                    DaneVerifier.Match(usable, Certificate, [], ["mx.example"], Peers.Now);
                },
                iter: Campaign.Inputs
            );

    private static byte[] Mutate(byte[] bytes, int at, byte value)
    {
        bytes[at % bytes.Length] = value;
        return bytes;
    }
}
