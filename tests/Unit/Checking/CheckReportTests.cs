using TlsOrLink.Checking;
using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Checking;

public sealed class CheckReportTests
{
    private static readonly string[] Irrevocable =
    [
        "送信後の取り消しはできません。",
        "It cannot be taken back once sent.",
    ];

    [Fact]
    public void Tells_shares_in_mails_where_all_are_counted()
    {
        var report = CheckReport.Of([
            Answers.Of("a.example", TlsLevel.Verified, "verified", 97),
            Answers.Of("b.example", TlsLevel.None, "starttls-not-offered", 2),
            Answers.Of("c.example", TlsLevel.Encrypted, "self-signed", 1),
        ]);

        report.CountsMails.ShouldBeTrue();
        report.Percent(report.By(Route.Tls)).ShouldBe(97);
        report.Percent(report.By(Route.Link)).ShouldBe(3);
        report.Reasons.Select(reason => reason.Reason).ShouldBe(["starttls-not-offered", "self-signed"]);
    }

    [Fact]
    public void Tells_shares_in_domains_where_one_is_not_counted()
    {
        var report = CheckReport.Of([
            Answers.Of("taro@a.example", TlsLevel.Verified, "verified", 97),
            Answers.Of("hanako@a.example", TlsLevel.Verified, "verified", 3),
            Answers.Of("b.example", TlsLevel.None, "starttls-not-offered"),
        ]);

        report.CountsMails.ShouldBeFalse();
        report.Lines.Count.ShouldBe(2, "a domain stands once");
        report.Lines[0].Mails.ShouldBe(100);
        report.Percent(report.By(Route.Tls)).ShouldBe(50);
    }

    [Fact]
    public void Only_all_is_a_hundred_percent_and_little_is_not_nothing()
    {
        var report = CheckReport.Of([
            Answers.Of("a.example", TlsLevel.Verified, "verified", 9999),
            Answers.Of("b.example", TlsLevel.None, "starttls-not-offered", 1),
        ]);

        report.Percent(report.By(Route.Tls)).ShouldBe(99);
        report.Percent(report.By(Route.Link)).ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_route_and_reason_has_its_sentences(int language)
    {
        var reader = (MailLanguage)language;
        foreach (var slug in ReasonTexts.Slugs)
        {
            foreach (var route in Enum.GetValues<Route>())
            {
                var sentences = CheckSentences.Of(new RoutePlan(route, slug, TlsLevel.Verified, []), reader);

                sentences.Warning.ShouldBe(route == Route.Tls ? Irrevocable[language] : null);
                var texts = new[] { sentences.How, sentences.Why, sentences.Change }.OfType<string>();
                texts.ShouldAllBe(text => text.EndsWith(reader == MailLanguage.En ? '.' : '。'), slug);
            }
        }
    }

    [Fact]
    public void The_csv_runs_no_formula_and_keeps_one_line_a_domain()
    {
        var report = CheckReport.Of([
            Answers.Of("=cmd|calc!x@a.example", TlsLevel.Verified, "verified", 5),
            Answers.Of("b.example", TlsLevel.None, "starttls-not-offered", 1),
        ]);

        var csv = CheckReportCsv.Write(report, MailLanguage.En);

        csv.ShouldStartWith("\ufeffDomain,Mails,Route");
        csv.ShouldContain(",'=cmd|calc!x@a.example\r\n");
        csv.ShouldContain("b.example,1,\"Download link\",link,none,starttls-not-offered");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }
}
