using CsCheck;
using TlsOrLink.Dns;

namespace TlsOrLink.Tests.Unit.Dns;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("mx.example", "mx.example")]
    [InlineData("MX.Example.", "mx.example")]
    [InlineData("_25._tcp.mx.example", "_25._tcp.mx.example")]
    [InlineData("localhost", "localhost")]
    public void Takes_names_of_the_wire(string text, string expected)
    {
        DnsName.TryParse(text, out var name).ShouldBeTrue();
        name.Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.b..")]
    [InlineData("a\\046b.example")]
    [InlineData("ä.example")]
    [InlineData("a b")]
    [InlineData("*.example")]
    public void Refuses_what_must_not_reach_the_library(string? text) => DnsName.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("1.2.3", true)]
    [InlineData("mx.1", true)]
    [InlineData("1.mx.example", false)]
    public void Knows_an_address_literal(string text, bool expected)
    {
        DnsName.TryParse(text, out var name).ShouldBeTrue();
        name.IsAddressLiteral.ShouldBe(expected);
    }

    [Fact]
    public void Prepends_labels_only_while_the_whole_fits()
    {
        var label = new string('a', 63);
        PlainResolver.Name("a.example").TryPrepend("_25._tcp", out var tlsa).ShouldBeTrue();
        tlsa.Value.ShouldBe("_25._tcp.a.example");
        PlainResolver
            .Name($"{label}.{label}.{label}.{new string('a', 61)}")
            .TryPrepend("_mta-sts", out _)
            .ShouldBeFalse();
    }

    [Fact]
    public void Accepts_its_own_output_and_nothing_over_253_octets() =>
        Gen.OneOf<string>(
                Gen.Char[' ', '\u0180'].Array[0, 12].Select(chars => new string(chars)),
                Gen.Char["abcXYZ019-_."].Array[0, 300].Select(chars => new string(chars))
            )
            .Sample(
                text =>
                {
                    if (DnsName.TryParse(text, out var name))
                    {
                        name.Value.Length.ShouldBeInRange(1, 253);
                        name.Value.Split('.').All(label => label.Length is > 0 and <= 63).ShouldBeTrue();
                        DnsName.TryParse(name.Value + ".", out var again).ShouldBeTrue();
                        again.ShouldBe(name);
                    }
                },
                iter: Campaign.Inputs
            );
}
