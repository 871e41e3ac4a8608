using TlsOrLink.Domains;
using TlsOrLink.Screening;

namespace TlsOrLink.Tests.Unit.Screening;

public sealed class LookAlikeTests
{
    private static readonly MailDomain[] Known =
    [
        .. new[] { "partner.example", "yamada-shoji.co.jp", "abc.jp", "shop1.example", "internet-mail.example" }.Select(
            MailDomain.Parse
        ),
    ];

    [Theory]
    [InlineData("partnre.example")] // neighbours exchanged
    [InlineData("patner.example")] // one lost
    [InlineData("partnerr.example")] // one more
    [InlineData("partner.exarnple")] // rn for m
    [InlineData("pаrtner.example")] // Cyrillic а
    [InlineData("pärtner.example")] // a mark
    [InlineData("yamadashoji.co.jp")] // without the hyphen
    [InlineData("yamada-shouji.co.jp")]
    [InlineData("yarnada-sh0ji.co.jp")]
    [InlineData("lnternet-mail.example")] // l for i
    public void A_name_that_the_eye_takes_for_a_known_one_is_found(string name) =>
        LookAlikes.Find(MailDomain.Parse(name), Known).ShouldNotBeNull();

    [Theory]
    [InlineData("partner.example")] // known itself
    [InlineData("mail.partner.example")] // under it
    [InlineData("other.example")]
    [InlineData("abd.jp")] // too short to say
    [InlineData("shop2.example")] // a series
    [InlineData("suzuki-shoji.co.jp")]
    [InlineData("partners-group.example")]
    public void Another_name_is_not(string name) => LookAlikes.Find(MailDomain.Parse(name), Known).ShouldBeNull();

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "xyz", 3)]
    [InlineData("", "ab", 2)]
    public void Neighbours_exchanged_are_one_step(string one, string other, int distance) =>
        LookAlikes.Distance(one, other, 2).ShouldBe(distance);
}
