using System.Security.Cryptography;
using CsCheck;
using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class LinkTokenTests
{
    [Fact]
    public void Comes_back_from_its_text_with_the_same_id()
    {
        var token = LinkToken.New();

        LinkToken.TryParse(token.Text, out var parsed).ShouldBeTrue();

        parsed.ShouldBe(token);
        parsed.LinkId.ShouldBe(
            Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(Standard(token.Text))))
        );
    }

    [Fact]
    public void Holds_at_least_128_random_bits_and_is_never_the_same_twice()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => LinkToken.New().Text).ToList();

        tokens.Distinct().Count().ShouldBe(tokens.Count);
        Convert.FromBase64String(Standard(tokens[0])).Length.ShouldBeGreaterThanOrEqualTo(16);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("あAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Refuses_what_cannot_be_a_token(string? text) => LinkToken.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Reads_any_text_without_an_exception() =>
        Gen.String.Sample(text => LinkToken.TryParse(text, out var token) is false || token!.Text == text);

    [Fact]
    public void Never_shows_itself_in_logs()
    {
        var token = LinkToken.New();

        $"{token}".ShouldNotContain(token.Text);
        $"{new { token }}".ShouldNotContain(token.Text);
    }

    [Fact]
    public void Nothing_made_of_a_link_shows_a_secret_or_a_name_in_logs()
    {
        var (url, row) = (new Uri("https://files.sender.example/d/secret"), Sample.Row());

        var press = new Press(LinkState.Live, row) { Location = url };
        var shown = $"{row} {row.Files[0]} {new IssuedLink(row, url)} {press} {new PressProof("secret", row.Sender)}";

        foreach (var secret in new[] { "secret", Sample.JapaneseName, row.Sender, row.SenderName })
        {
            shown.ShouldNotContain(secret);
        }
    }

    private static string Standard(string base64Url) => base64Url.Replace('-', '+').Replace('_', '/');
}
