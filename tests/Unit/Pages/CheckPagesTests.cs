using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Checking;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;
using TlsOrLink.Probing;
using TlsOrLink.Tests.Unit.Checking;

namespace TlsOrLink.Tests.Unit.Pages;

public sealed class CheckPagesTests
{
    private static readonly IOptions<LinkOptions> Links = Options.Create(
        new LinkOptions { Host = new Uri("https://files.sender.example"), CompanyName = "株式会社サンプル" }
    );

    private static readonly CheckPages Pages = new(Links, Options.Create(new CheckingOptions()));

    [Fact]
    public void The_report_says_how_why_and_what_to_change_with_the_evidence_folded_away()
    {
        var page = Report(
            MailLanguage.En,
            Answers.Of("a.example", TlsLevel.Verified, "verified", 90),
            Answers.Of("b.example", TlsLevel.Encrypted, "self-signed", 10)
        );

        page.Html.ShouldContain("90% arrives directly, over TLS: 90 mails of 100 mails.");
        page.Html.ShouldContain("It cannot be taken back once sent.");
        page.Html.ShouldContain("The certificate is signed by itself.");
        page.Html.ShouldContain("Get one from a public authority, or publish TLSA records.");
        page.Html.ShouldContain("<details><summary>Evidence</summary>");
        page.Html.ShouldNotContain("<details open");
    }

    [Fact]
    public void Speaks_japanese() =>
        Report(MailLanguage.Ja, Answers.Of("a.example", TlsLevel.Verified, "verified"))
            .Html.ShouldContain("すべて TLS で直接届きます。");

    [Fact]
    public void What_a_certificate_says_cannot_become_markup()
    {
        var page = Report(
            MailLanguage.En,
            Answers.Of("a.example", TlsLevel.Verified, "verified", subject: "CN=<script>alert(1)</script>\"'&")
        );

        page.Html.ShouldNotContain("<script");
        page.Html.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public void The_download_and_the_other_language_ask_for_the_same_again()
    {
        var page = Report(MailLanguage.En, Answers.Of("taro@a.example", TlsLevel.Verified, "verified", 7));

        var asked = page.Html.Split("name=\"recipients\" value=\"")[1].Split('"')[0];
        CheckCsv.ReadTyped(System.Net.WebUtility.HtmlDecode(asked), 10).Entries.Single().Mails.ShouldBe(7);
        page.Html.ShouldContain("action=\"/check?lang=ja\"");
        page.Html.ShouldContain("name=\"as\" value=\"csv\"");
    }

    [Fact]
    public void Every_form_carries_the_token_and_nothing_runs_or_is_fetched()
    {
        foreach (
            var page in new[]
            {
                Report(MailLanguage.En, Answers.Of("a.example", TlsLevel.None, "starttls-not-offered")),
                Pages.Form(Visitor(MailLanguage.Ja), new CheckDraft("")),
            }
        )
        {
            var forms = page.Html.Split("<form")[1..];
            forms.ShouldAllBe(form => form.Split("</form>")[0].Contains("name=\"anti-forgery\" value=\"the-token\""));
            page.Html.ShouldNotContain(" style=", Case.Insensitive);
            page.Html.ShouldNotContain("<script", Case.Insensitive);
            page.Html.ShouldNotContain("src=");
            var css = page.Html.Split("<style>")[1].Split("</style>")[0];
            page.Headers["Content-Security-Policy"]
                .ShouldContain($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)))}'");
            page.Headers["Referrer-Policy"].ShouldBe("same-origin");
            page.Headers["Cache-Control"].ShouldBe("no-store");
        }
    }

    [Fact]
    public void What_was_typed_comes_back_escaped_with_the_lines_that_are_wrong()
    {
        const string typed = "a.example\n</textarea><b>x";
        var page = Pages.Form(Visitor(MailLanguage.Ja), new CheckDraft(typed) { Read = CheckCsv.ReadTyped(typed, 10) });

        page.Status.ShouldBe(400);
        page.Html.ShouldContain("2 行目");
        page.Html.ShouldContain("&lt;/textarea&gt;&lt;b&gt;x");
    }

    [Fact]
    public void An_empty_budget_is_429_with_the_wait()
    {
        var page = Pages.Form(
            Visitor(MailLanguage.En),
            new CheckDraft("a.example") { RetryAfter = TimeSpan.FromSeconds(1.2) }
        );

        page.Status.ShouldBe(429);
        page.Headers["Retry-After"].ShouldBe("2");
    }

    [Fact]
    public void The_sign_in_repeats_no_key_and_keeps_the_way_back()
    {
        var page = new SignInPages(Links).Form(new SignInForm(MailLanguage.En, "/check?x=\"1", "t") { Failed = true });

        page.Status.ShouldBe(401);
        page.Html.ShouldContain("type=\"password\"");
        page.Html.ShouldContain("name=\"return\" value=\"/check?x=&quot;1\"");
        page.Html.ShouldContain("role=\"alert\"");
    }

    private static Page Report(MailLanguage language, params CheckedEntry[] entries) =>
        Pages.Report(Visitor(language), CheckReport.Of(entries), Answers.At);

    private static Visitor Visitor(MailLanguage language) => new(language, "hanako", "the-token", CanSignOut: true);
}
