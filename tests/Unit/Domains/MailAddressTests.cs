using CsCheck;
using TlsOrLink.Domains;

namespace TlsOrLink.Tests.Unit.Domains;

public sealed class MailAddressTests
{
    [Theory]
    [InlineData("a@b.example", "a", "b.example")]
    [InlineData("A.b+c@B.Example", "A.b+c", "b.example")]
    [InlineData("\"a b\"@b.example", "\"a b\"", "b.example")]
    [InlineData("\"a\\\"b\"@b.example", "\"a\\\"b\"", "b.example")]
    [InlineData("\"a@c\"@b.example", "\"a@c\"", "b.example")]
    [InlineData("田中@例え.jp", "田中", "xn--r8jz45g.jp")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@b.example", "!#$%&'*+-/=?^_`{|}~", "b.example")]
    public void Keeps_the_local_part_and_normalises_the_domain(string text, string local, string domain)
    {
        MailAddress.TryParse(text, out var address).ShouldBeTrue();
        address.LocalPart.ShouldBe(local);
        address.Domain.Name.ShouldBe(domain);
        address.ToString().ShouldBe($"{local}@{domain}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@b.example")]
    [InlineData("a@")]
    [InlineData("a")]
    [InlineData("a@localhost")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData(".a@b.example")]
    [InlineData("a.@b.example")]
    [InlineData("a..b@b.example")]
    [InlineData("a b@b.example")]
    [InlineData("<a@b.example>")]
    [InlineData("Name <a@b.example>")]
    [InlineData("a(c)@b.example")]
    [InlineData("a@b.example>")]
    [InlineData("a\r\nRCPT TO:<x@y.example>@b.example")]
    [InlineData("a\0@b.example")]
    [InlineData("\"a\r\nb\"@b.example")]
    [InlineData("\"a\"b\"@b.example")]
    [InlineData("\"a\\\"@b.example")]
    [InlineData("\"@b.example")]
    [InlineData("\"\"@b.example")]
    [InlineData("a\u2028b@b.example")]
    [InlineData("a\u202eb@b.example")]
    [InlineData("a\ud800@b.example")]
    [InlineData("\"a\udc00\"@b.example")]
    [InlineData("a\u0085b@b.example")]
    [InlineData("\"a\u0085b\"@b.example")]
    public void Refuses_what_is_not_one_plain_address(string? text) =>
        MailAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Holds_the_limits_of_64_octets_and_254_in_all()
    {
        MailAddress.TryParse($"{new string('a', 64)}@b.example", out _).ShouldBeTrue();
        MailAddress.TryParse($"{new string('a', 65)}@b.example", out _).ShouldBeFalse();
        MailAddress.TryParse($"{new string('あ', 22)}@b.example", out _).ShouldBeFalse();
        var domain = $"{new string('b', 63)}.{new string('b', 63)}.{new string('b', 61)}";
        MailAddress.TryParse($"{new string('a', 64)}@{domain}", out var longest).ShouldBeTrue();
        longest.ToString().Length.ShouldBe(254);
        MailAddress.TryParse($"{new string('a', 64)}@{domain}b", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a@例え.jp", false)]
    [InlineData("田中@b.example", true)]
    public void Knows_whether_SMTPUTF8_is_needed(string text, bool needs)
    {
        MailAddress.TryParse(text, out var address).ShouldBeTrue();
        address.NeedsSmtpUtf8.ShouldBe(needs);
    }

    [Fact]
    public void Never_throws_and_never_lets_a_line_break_or_NUL_through()
    {
        var piece = Gen.OneOf<string>(
            Gen.Char.Array[0, 6].Select(chars => new string(chars)),
            Gen.OneOf<string>(
                "a",
                "@",
                "\"",
                "\\",
                ".",
                "\r\n",
                "\0",
                "b.example",
                "例え.jp",
                " ",
                "<",
                ">",
                "\ud83d\ude00",
                "\udc00"
            )
        );
        piece
            .Array[0, 8]
            .Select(string.Concat)
            .Select(local => local + "@b.example")
            .Sample(
                text =>
                {
                    if (!MailAddress.TryParse(text, out var address))
                    {
                        return;
                    }

                    address.ToString().Any(c => char.IsControl(c) || c is '\u2028' or '\u2029').ShouldBeFalse();
                    address.ToString().IsNormalized().GetType(); // throws on a lone surrogate
                    MailAddress.TryParse(address.ToString(), out var again).ShouldBeTrue();
                    again.ShouldBe(address);
                },
                iter: Campaign.Inputs
            );
    }
}
