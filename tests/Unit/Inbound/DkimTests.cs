using TlsOrLink.Domains;
using TlsOrLink.Inbound;

namespace TlsOrLink.Tests.Unit.Inbound;

public sealed class DkimTests
{
    [Theory]
    [InlineData("sender.example", "sender.example", true)]
    [InlineData("sender.example", "tokyo.sender.example", true)]
    [InlineData("tokyo.sender.example", "sender.example", false)]
    [InlineData("evilsender.example", "sender.example", false)]
    [InlineData("sender.example", "evilsender.example", false)]
    public void A_signature_is_aligned_by_the_authors_domain_or_one_above_it(
        string signer,
        string author,
        bool aligned
    ) => DkimTags.IsAligned(MailDomain.Parse(signer), MailDomain.Parse(author)).ShouldBe(aligned);

    [Theory]
    [InlineData("{@sender.example : pass}", true)]
    [InlineData("{@other.example : fail, @sender.example : pass}", true)]
    [InlineData("{\"@sender.example\":\"pass\"}", true)]
    [InlineData("{@sender.example : fail}", false)]
    [InlineData("{@sender.example : pass : fail}", false)]
    [InlineData("{@other.example : pass}", false)]
    [InlineData("none", false)]
    [InlineData("pass", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void What_the_provider_says_counts_for_the_domain_that_it_says_it_of(string? field, bool passes) =>
        ProviderDkim.Passes(field, MailDomain.Parse("sender.example")).ShouldBe(passes);

    [Fact]
    public void Reads_the_tags_of_a_signature_and_refuses_one_that_says_a_thing_twice()
    {
        var tags = DkimTags.Read(
            "v=1; d=Sender.example; s=s1;\r\n h=From:To; l=5; t=1767913200; x=1767999600; b=QU\r\n JD"
        )!;

        (tags.Domain, tags.Signature, tags.IsPartial).ShouldBe((MailDomain.Parse("sender.example"), "QUJD", true));
        tags.Fields.ShouldBe(["from", "to"]);
        (tags.Until - tags.At).ShouldBe(TimeSpan.FromDays(1));
        DkimTags.Read("d=a.example; d=b.example").ShouldBeNull();
    }
}
