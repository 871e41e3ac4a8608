using System.Text;
using CsCheck;
using TlsOrLink.Inbound;

namespace TlsOrLink.Tests.Unit.Inbound;

public sealed class StatusReportTests
{
    [Fact]
    public void Reads_action_status_and_words_of_each_recipient()
    {
        var read = Read(
            """
            Reporting-MTA: dns; mx.partner.example
            Arrival-Date: Fri, 9 Jan 2026 10:01:00 +0900

            Final-Recipient: rfc822; jiro@behind.example
            Original-Recipient: rfc822;taro@partner.example
            Action: failed
            Status: 5.1.1 (no such user)
            Diagnostic-Code: smtp; 550 5.1.1 <jiro@behind.example>: Recipient address
                rejected
            """
        );

        var one = read.ShouldHaveSingleItem();
        (one.Action, one.Status).ShouldBe((ReportedAction.Failed, "5.1.1"));
        one.Words.ShouldBe("550 5.1.1 <jiro@behind.example>: Recipient address rejected");
        one.Recipients.ShouldBe(["jiro@behind.example", "taro@partner.example"]);
    }

    [Fact]
    public void Undoes_the_escapes_of_addresses_beyond_ASCII() =>
        Read("Final-Recipient: utf-8; \\x{592A}\\x{90CE}@partner.example\nAction: failed\n")[0]
            .Recipients.ShouldBe(["太郎@partner.example"]);

    [Theory]
    [InlineData("Action: failed", "a@x.test:failed", "failed")]
    [InlineData("forwarded and failed", "b@y.test:failed", "failed")]
    [InlineData("of two of a forwarding one was reached", "b@y.test:failed c@z.test:delivered", "delivered")]
    [InlineData("another's failure does not count", "a@x.test:delayed b@y.test:failed", "delayed")]
    [InlineData("ours counts in any case", "A@X.test:failed b@y.test:delivered", "failed")]
    [InlineData("expanded to a list", "a@x.test:expanded", "expanded")]
    public void Chooses_the_group_of_our_recipient(string why, string groups, string expected)
    {
        var read = groups
            .Split(' ')
            .SelectMany(group =>
                Read($"Final-Recipient: rfc822; {group.Split(':')[0]}\nAction: {group.Split(':')[1]}\n")
            );

        StatusReport.For("a@x.test", [.. read])!.Action.ToString().ToLowerInvariant().ShouldBe(expected, why);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no field at all")]
    [InlineData("Action: 0")]
    [InlineData("Action: exploded")]
    [InlineData(" folded: first")]
    public void Passes_over_what_says_nothing(string text) => Read(text).ShouldBeEmpty();

    [Fact]
    public void Whatever_comes_in_is_read_to_its_end() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], Gen.String["Action: failed\r\n;\\x{}59Status"].Select(Encoding.UTF8.GetBytes))
            .Sample(
                bytes =>
                {
                    foreach (var one in StatusReport.Read(bytes))
                    {
                        one.Words.ShouldNotContain("\n");
                    }
                },
                iter: 3000
            );

    [Fact]
    public void A_field_that_goes_on_for_ever_is_cut_where_it_is_read() =>
        Read("Action: failed\nDiagnostic-Code: smtp; 550 no\n" + string.Concat(Enumerable.Repeat(" word\n", 500_000)))
            .Single()
            .Words.Length.ShouldBeInRange(500, 520);

    private static IReadOnlyList<ReportedRecipient> Read(string text) =>
        StatusReport.Read(Encoding.UTF8.GetBytes(text));
}
