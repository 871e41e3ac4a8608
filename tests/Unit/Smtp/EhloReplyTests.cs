using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Smtp;

public sealed class EhloReplyTests
{
    [Fact]
    public void Reads_what_is_offered() =>
        EhloReply
            .Read(["mx.test greets", "size 52428800", "8bitmime", "PIPELINING", "SMTPUTF8", "REQUIRETLS "])
            .ShouldBe(new SmtpFeatures(true, true, true, true, true, 52428800));

    [Theory]
    [InlineData("SIZE")]
    [InlineData("SIZE 0")]
    [InlineData("SIZE -5")]
    [InlineData("SIZE 99999999999999999999999")]
    public void Takes_a_size_that_is_no_number_for_no_limit(string line) =>
        EhloReply.Read(["mx.test", line]).ShouldBe(new SmtpFeatures(false, false, false, false, true, null));

    [Fact]
    public void Takes_no_offer_from_the_line_that_names_the_server() =>
        EhloReply.Read(["REQUIRETLS"]).RequireTls.ShouldBeFalse();
}
