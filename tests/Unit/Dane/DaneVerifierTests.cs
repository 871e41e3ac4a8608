using System.Security.Cryptography.X509Certificates;
using CsCheck;
using TlsOrLink.Dane;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dane;

public sealed class DaneVerifierTests
{
    private static readonly X509Certificate2 Root = Peers.Authority("Root");
    private static readonly X509Certificate2 Middle = Peers.Authority("Middle", Root);
    private static readonly X509Certificate2 Leaf = Peers.Leaf(Middle);
    private static readonly X509Certificate2 Other = Peers.Leaf(null, "other.example");

    public static TheoryData<byte, byte> Forms =>
        new()
        {
            { 0, 0 },
            { 0, 1 },
            { 0, 2 },
            { 1, 0 },
            { 1, 1 },
            { 1, 2 },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Accepts_an_end_entity_by_any_selector_and_matching_type(byte selector, byte matching)
    {
        var record = Peers.Record(3, selector, matching, Leaf);
        Match([record], Leaf).ShouldBe(record);
        Match([Peers.Record(3, selector, matching, Other)], Leaf).ShouldBeNull();
    }

    [Fact]
    public void Ignores_name_validity_and_signature_of_an_end_entity()
    {
        var expired = Peers.Leaf(null, "nobody.example", years: -1);
        var record = Peers.Record(3, 1, 1, expired);
        Match([record], expired).ShouldBe(record);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Accepts_a_chain_to_a_root_anchor(byte selector, byte matching)
    {
        var record = Peers.Record(2, selector, matching, Root);
        Match([record], Leaf, Middle, Root).ShouldBe(record);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Accepts_a_chain_to_an_intermediate_anchor_with_or_without_its_root(byte selector, byte matching)
    {
        var record = Peers.Record(2, selector, matching, Middle);
        Match([record], Leaf, Middle).ShouldBe(record);
        Match([record], Leaf, Root, Middle).ShouldBe(record);
    }

    [Fact]
    public void Accepts_an_anchor_that_stands_whole_in_DNS_and_was_not_presented()
    {
        var root = Peers.Record(2, 0, 0, Root);
        Match([root], Leaf, Middle).ShouldBe(root);
        var middle = Peers.Record(2, 0, 0, Middle);
        Match([middle], Leaf).ShouldBe(middle);
    }

    [Fact]
    public void Refuses_an_anchor_given_by_digest_that_was_not_presented() =>
        Match([Peers.Record(2, 0, 1, Root)], Leaf, Middle).ShouldBeNull();

    [Fact]
    public void Refuses_another_name_below_the_anchor_and_a_name_in_the_subject_only()
    {
        Match([Peers.Record(2, 0, 1, Root)], Peers.Leaf(Middle, "evil.example"), Middle, Root).ShouldBeNull();
        Match([Peers.Record(2, 0, 1, Root)], ["other.example"], Leaf, Middle, Root)
            .ShouldBeNull("CN=other.example does not count");
    }

    [Theory]
    [InlineData("*.example", "mx.example", true)]
    [InlineData("*.example", "a.mx.example", false)]
    [InlineData("MX.EXAMPLE", "mx.example", true)]
    public void Matches_names_as_certificates_do(string certified, string name, bool accepted)
    {
        var leaf = Peers.Leaf(Middle, certified);
        (Match([Peers.Record(2, 0, 1, Root)], [name], leaf, Middle, Root) is not null).ShouldBe(accepted);
    }

    [Fact]
    public void Accepts_any_one_of_the_reference_names() =>
        Match([Peers.Record(2, 0, 1, Root)], ["a.example", "mx.example"], Leaf, Middle, Root).ShouldNotBeNull();

    [Fact]
    public void Refuses_an_expired_leaf_or_intermediate_below_an_anchor()
    {
        var record = Peers.Record(2, 0, 1, Root);
        Match([record], Peers.Leaf(Middle, years: -1), Middle, Root).ShouldBeNull();
        var expired = Peers.Authority("Expired", Root, years: -1);
        Match([record], Peers.Leaf(expired), expired, Root).ShouldBeNull();
    }

    [Fact]
    public void Refuses_a_broken_signature_on_the_way_to_the_anchor()
    {
        Match([Peers.Record(2, 0, 1, Root)], Peers.WithBrokenSignature(Leaf), Middle, Root).ShouldBeNull();
        Match([Peers.Record(2, 0, 1, Middle)], Peers.WithBrokenSignature(Leaf), Middle).ShouldBeNull();
        Match([Peers.Record(2, 0, 0, Middle)], Peers.WithBrokenSignature(Leaf)).ShouldBeNull();
        var broken = Peers.WithBrokenSignature(Middle);
        Match([Peers.Record(2, 0, 1, Root)], Leaf, broken, Root).ShouldBeNull();
    }

    [Fact]
    public void Refuses_a_leaf_that_a_namesake_of_the_anchor_signed()
    {
        var namesake = Peers.Authority("Middle");
        var forged = Peers.Leaf(namesake);
        Match([Peers.Record(2, 0, 1, Middle)], forged, Middle).ShouldBeNull("the anchor's key did not sign it");
        Match([Peers.Record(2, 0, 1, Middle)], forged, namesake, Middle)
            .ShouldBeNull("the anchor is presented, but not on the way");
        Match([Peers.Record(2, 0, 1, Middle)], forged, Middle, Root).ShouldBeNull();
        Match([Peers.Record(2, 0, 0, Middle)], forged).ShouldBeNull();
    }

    [Fact]
    public void Refuses_an_issuer_that_is_no_authority()
    {
        var posing = Peers.Authority("Posing", Root, isAuthority: false);
        Match([Peers.Record(2, 0, 1, Root)], Peers.Leaf(posing), posing, Root).ShouldBeNull();
        Match([Peers.Record(2, 0, 1, posing)], Peers.Leaf(posing), posing).ShouldBeNull();
    }

    [Fact]
    public void Refuses_an_anchor_record_that_names_the_leaf_itself() =>
        Match([Peers.Record(2, 0, 1, Leaf)], Leaf, Middle, Root).ShouldBeNull();

    [Fact]
    public void Needs_only_one_of_many_records_to_match()
    {
        var record = Peers.Record(3, 1, 1, Leaf);
        Match([Peers.Record(3, 1, 1, Other), Peers.Record(2, 0, 1, Other), record], Leaf).ShouldBe(record);
    }

    [Fact]
    public void Has_no_match_without_records() => Match([], Leaf, Middle, Root).ShouldBeNull();

    [Fact]
    public void Matches_no_digest_but_the_right_one() =>
        Gen.Select(Gen.Byte[2, 3], Gen.Byte[0, 1], Gen.Byte[1, 2], Gen.Int[0, 511])
            .Sample(
                (usage, selector, matching, bit) =>
                {
                    var certificate = usage == 2 ? Root : Leaf;
                    var data = Peers.Record(usage, selector, matching, certificate).Data.ToArray();
                    data[bit / 8 % data.Length] ^= (byte)(1 << (bit % 8));
                    Match([new TlsaRecord(usage, selector, matching, data)], Leaf, Middle, Root).ShouldBeNull();
                },
                iter: Campaign.FewInputs
            );

    private static TlsaRecord? Match(
        IReadOnlyList<TlsaRecord> records,
        X509Certificate2 leaf,
        params X509Certificate2[] presented
    ) => Match(records, ["mx.example"], leaf, presented);

    private static TlsaRecord? Match(
        IReadOnlyList<TlsaRecord> records,
        IReadOnlyList<string> names,
        X509Certificate2 leaf,
        params X509Certificate2[] presented
    ) => DaneVerifier.Match(records, leaf, presented, names, Peers.Now);
}
