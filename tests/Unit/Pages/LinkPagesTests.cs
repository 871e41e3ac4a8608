using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;
using TlsOrLink.Tests.Unit.Links;
using static TlsOrLink.Tests.Unit.Pages.SamplePages;

namespace TlsOrLink.Tests.Unit.Pages;

public sealed class LinkPagesTests
{
    [Fact]
    public void The_landing_page_shows_who_when_until_when_and_what()
    {
        var page = New().Show(Visit(), LinkState.Live, Sample.Row());

        page.Status.ShouldBe(200);
        page.Html.ShouldContain("山田 太郎");
        page.Html.ShouldContain("yamada@sender.example");
        page.Html.ShouldContain("2026年1月2日(金) 18:00");
        page.Html.ShouldContain("2026年1月9日(金) 18:00");
        page.Html.ShouldContain(Sample.JapaneseName);
        page.Html.ShouldContain("表計算 · 23 KB");
        page.Html.ShouldContain("止まった場合は、この画面に戻り、もう一度押してください。");
    }

    [Fact]
    public void Every_file_has_a_form_and_a_button_that_names_it()
    {
        var page = New().Show(Visit(), LinkState.Live, Sample.Row(Sample.File(1), Sample.File(7, "b.pdf")));

        foreach (var n in new[] { 1, 7 })
        {
            page.Html.ShouldContain($"<form method=\"post\" action=\"/pick/d/{Token.Text}/files/{n}?lang=ja\">");
            page.Html.ShouldContain($"<button id=\"b{n}\" aria-labelledby=\"b{n} n{n}\">");
            page.Html.ShouldContain($"id=\"n{n}\"");
        }
    }

    [Theory]
    [InlineData("Unknown", 404, "お受け取りページが見つかりません", "We cannot find this page")]
    [InlineData("Expired", 410, "お受け取り期限を過ぎております", "The pick-up period has ended")]
    [InlineData("Revoked", 410, "このリンクは取り消されました", "This link was taken back")]
    [InlineData("UsedUp", 410, "お受け取り回数の上限に達しております", "All downloads of this link are used")]
    public void Every_end_of_a_link_has_a_page_of_its_own(string state, int status, string japanese, string english)
    {
        var parsed = Enum.Parse<LinkState>(state);
        var row = parsed == LinkState.Unknown ? null : Sample.Row();

        var (inJapanese, inEnglish) = (New().Show(Visit("ja"), parsed, row), New().Show(Visit("en"), parsed, row));

        inJapanese.Status.ShouldBe(status);
        inJapanese.Html.ShouldContain($"<h1>{japanese}</h1>");
        inEnglish.Html.ShouldContain($"<h1>{english}</h1>");
        inJapanese
            .Html.Contains("/renew?lang=ja\">", StringComparison.Ordinal)
            .ShouldBe(parsed is LinkState.Expired or LinkState.UsedUp);
    }

    [Fact]
    public void A_tombstone_speaks_of_the_sender_without_a_name()
    {
        var page = New().Show(Visit("en"), LinkState.Revoked, Sample.Row().ToTombstone());

        page.Html.ShouldContain("The sender withdrew these files");
    }

    [Fact]
    public void Busy_is_503_and_says_when_to_come_back()
    {
        var page = New().Busy(Visit());

        page.Status.ShouldBe(503);
        page.Headers["Retry-After"].ShouldBe("10");
    }

    [Fact]
    public void The_switch_leads_to_the_same_page_in_the_other_language()
    {
        New()
            .Show(Visit("ja"), LinkState.Live, Sample.Row())
            .Html.ShouldContain($"<a href=\"/pick/d/{Token.Text}?lang=en\"");
        New()
            .Show(Visit("en"), LinkState.Live, Sample.Row())
            .Html.ShouldContain($"<a href=\"/pick/d/{Token.Text}?lang=ja\"");
    }

    [Fact]
    public void A_text_that_is_no_token_is_not_repeated() =>
        New().Show(Visit(hasToken: false), LinkState.Unknown, row: null).Html.ShouldContain("<a href=\"?lang=en\"");

    [Fact]
    public void The_policy_allows_one_script_and_style_sheet_by_hash_forms_to_ourselves_and_storage_and_nothing_else()
    {
        var page = New().Show(Visit(), LinkState.Live, Sample.Row());
        var (hash, script) = (HashOf(page.Html, "style"), HashOf(page.Html, "script"));

        page.Headers["Content-Security-Policy"]
            .ShouldBe(
                $"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{hash}'; form-action 'self' {StorageOrigin}; frame-ancestors 'none'; base-uri 'none'"
            );
        page.Html.ShouldNotContain(" style=", Case.Insensitive, "the policy refuses inline styles");
        Regex.Count(page.Html, "<script").ShouldBe(1);
        page.Html.ShouldNotContain("src=");
    }

    [Fact]
    public void Pages_that_are_no_links_have_no_script()
    {
        Layout.ContentSecurityPolicy(formOrigin: null).ShouldNotContain("script-src");
        Layout
            .Render(new PageFrame(200, MailLanguage.En, "x", "x", Html.Empty))
            .Html.ShouldNotContain("<script", Case.Insensitive);
    }

    [Fact]
    public void Times_name_their_zone_for_whoever_has_no_script()
    {
        New()
            .Show(Visit("ja"), LinkState.Live, Sample.Row())
            .Html.ShouldContain(">2026年1月9日(金) 18:00（日本時間、UTC&#x2B;9）</time>");
        New()
            .Show(Visit("en"), LinkState.Live, Sample.Row())
            .Html.ShouldContain(
                "<time datetime=\"2026-01-09T09:00:00Z\">Fri 9 Jan 2026, 18:00 JST (UTC&#x2B;9)</time>"
            );
    }

    [Fact]
    public void Pages_without_a_file_name_no_foreign_origin() =>
        New()
            .Show(Visit(), LinkState.Expired, Sample.Row())
            .Headers["Content-Security-Policy"]
            .ShouldContain("form-action 'self';");

    [Fact]
    public void No_page_is_stored_indexed_sniffed_or_told_on()
    {
        var headers = New().Show(Visit(), LinkState.Live, Sample.Row()).Headers;

        headers["Cache-Control"].ShouldBe("no-store");
        headers["Referrer-Policy"].ShouldBe("no-referrer");
        headers["X-Robots-Tag"].ShouldContain("noindex");
        headers["X-Content-Type-Options"].ShouldBe("nosniff");
        headers["Content-Type"].ShouldBe("text/html; charset=utf-8");
    }

    [Theory]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("\u202Exslx.exe")]
    [InlineData("</bdi></form></ul><form action=https://evil.example>")]
    public void Hostile_names_stay_text(string name)
    {
        var row = Sample.Row(Sample.File(1, name)) with { SenderName = name, Sender = name };

        var html = New(company: name).Show(Visit(), LinkState.Live, row).Html;
        var gone = New(company: name).Show(Visit(), LinkState.Expired, row).Html;

        foreach (var page in new[] { html, gone })
        {
            Regex.Count(page, "<script").ShouldBe(1, "ours alone");
            page.ShouldNotContain("onmouseover='");
            page.ShouldNotContain("<form action");
            page.ShouldNotContain("\u202E");
        }

        Regex.Count(html, "<form").ShouldBe(1);
    }

    [Fact]
    public void A_name_of_10_000_characters_is_cut_and_keeps_its_extension()
    {
        var html = New()
            .Show(Visit(), LinkState.Live, Sample.Row(Sample.File(1, new string('x', 10_000) + ".xlsx")))
            .Html;

        html.ShouldContain("….xlsx".Insert(1, "xxxxxxx"));
        html.Length.ShouldBeLessThan(10_000);
    }

    private static string HashOf(string html, string element) =>
        Convert.ToBase64String(
            SHA256.HashData(Encoding.UTF8.GetBytes(html.Split($"<{element}>")[1].Split($"</{element}>")[0]))
        );
}
