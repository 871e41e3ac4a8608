using System.Text.Json;
using CsCheck;
using TlsOrLink.Dns;
using TlsOrLink.Domains;

namespace TlsOrLink.Tests.Unit.Domains;

public sealed class MailDomainTests
{
    [Theory]
    [InlineData("example.jp", "example.jp")]
    [InlineData("EXAMPLE.jp.", "example.jp")]
    [InlineData("xn--r8jz45g.jp", "xn--r8jz45g.jp")]
    [InlineData("例え.jp", "xn--r8jz45g.jp")]
    [InlineData("例え。jp", "xn--r8jz45g.jp")]
    [InlineData("例え．jp｡", "xn--r8jz45g.jp")]
    [InlineData("ｅｘａｍｐｌｅ.jp", "example.jp")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("straße.example", "xn--strae-oqa.example")]
    [InlineData("a-b.c3.example", "a-b.c3.example")]
    public void Turns_user_input_into_lower_case_A_labels(string text, string expected) =>
        MailDomain.Parse(text).Name.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a.example")]
    [InlineData("a.example..")]
    [InlineData("localhost")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a_b.example")]
    [InlineData("a b.example")]
    [InlineData(" a.example")]
    [InlineData("a.example\r\n")]
    [InlineData("a\0.example")]
    [InlineData("127.0.0.1")]
    [InlineData("[127.0.0.1]")]
    [InlineData("[IPv6:::1]")]
    [InlineData("::1")]
    [InlineData("a.example:25")]
    [InlineData("a.example/x")]
    [InlineData("a@b.example")]
    [InlineData("a\\.example")]
    [InlineData("*.example")]
    [InlineData("xn--a.example")]
    [InlineData("xn--\u00e4.example")]
    [InlineData("\ud800.example")]
    public void Refuses_what_mail_cannot_go_to(string text)
    {
        MailDomain.TryParse(text, out _).ShouldBeFalse();
        Should
            .Throw<FormatException>(() => MailDomain.Parse(text))
            .Message.ShouldNotContain(text.Length > 1 ? text : "\u2603");
    }

    [Fact]
    public void Holds_the_limits_of_63_octets_a_label_and_253_in_all()
    {
        var label = new string('a', 63);
        MailDomain.TryParse($"{label}.example", out _).ShouldBeTrue();
        MailDomain.TryParse($"{label}a.example", out _).ShouldBeFalse();
        MailDomain.TryParse($"{label}.{label}.{label}.{new string('a', 61)}", out var longest).ShouldBeTrue();
        longest.Name.Length.ShouldBe(253);
        MailDomain.TryParse($"{label}.{label}.{label}.{new string('a', 62)}", out _).ShouldBeFalse();
        MailDomain.TryParse(new string('a', 1_000_000), out _).ShouldBeFalse();
    }

    [Fact]
    public void Counts_the_octets_of_the_A_label_not_of_the_U_label() =>
        MailDomain.TryParse($"{new string('あ', 60)}.{new string('い', 60)}.example", out _).ShouldBeFalse();

    [Fact]
    public void Reads_and_writes_JSON_as_a_string()
    {
        var json = JsonSerializer.Serialize(MailDomain.Parse("例え.jp"));
        json.ShouldBe("\"xn--r8jz45g.jp\"");
        JsonSerializer.Deserialize<MailDomain>(json).ShouldBe(MailDomain.Parse("例え.jp"));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<MailDomain>("\"a..b\""));
    }

    [Fact]
    public void Never_throws_and_lets_only_names_through_that_DNS_can_be_asked_for()
    {
        var piece = Gen.OneOf<string>(
            Gen.Char.Array[0, 8].Select(chars => new string(chars)),
            Gen.OneOf<string>(
                "a",
                "example",
                "xn--",
                "xn--r8jz45g",
                "例え",
                "。",
                ".",
                "..",
                "-",
                "_",
                "1",
                "\u00df",
                "\ud83d\ude00",
                "\u200d",
                "\u0301"
            ),
            Gen.Int[1, 300].Select(length => new string('a', length))
        );
        piece
            .Array[0, 8]
            .Select(string.Concat)
            .Sample(
                text =>
                {
                    if (!MailDomain.TryParse(text, out var domain))
                    {
                        return;
                    }

                    domain.Name.Length.ShouldBeInRange(3, 253);
                    DnsName.TryParse(domain.Name, out var name).ShouldBeTrue();
                    name.Value.ShouldBe(domain.Name);
                    name.IsAddressLiteral.ShouldBeFalse();
                    MailDomain.Parse(domain.Name).ShouldBe(domain);
                    MailDomain.Parse(domain.Name.ToUpperInvariant() + ".").ShouldBe(domain);
                },
                iter: Campaign.Inputs
            );
    }
}
