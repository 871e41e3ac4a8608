using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class NoticeTests
{
    private static readonly DateTimeOffset ExpiresAt = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly Uri Url = new("https://files.sender.example/d/AAAA");

    [Fact]
    public void The_Japanese_text_is_the_agreed_wording() =>
        Write(MailLanguage.Ja)
            .Text.ShouldBe(
                """
                【添付ファイルのお受け取りについて】
                安全にお届けするため、添付ファイルは株式会社サンプルの受け取りページでお預かりしております。
                お手数をおかけいたしますが、2026年1月9日(金) 18:00までに下記よりお受け取りくださいますようお願い申し上げます。
                https://files.sender.example/d/AAAA
                ・御見積書（最終版）①〜髙橋.xlsx (23 KB)
                パスワードをお尋ねすることはございません。ご不審な場合は開かず、ご存じの電話番号で山田 太郎までご確認ください。

                """.ReplaceLineEndings("\r\n")
            );

    [Fact]
    public void The_English_text_is_the_agreed_wording()
    {
        var text = Write(MailLanguage.En).Text;

        text.ShouldStartWith("[Picking up the attachments]\r\n");
        text.ShouldContain("Please get them there by Fri 9 Jan 2026, 18:00 JST.");
        text.ShouldContain("call 山田 太郎 on a number that you already have.");
    }

    [Theory]
    [InlineData("ja", "【メールのお受け取りについて】 山田 太郎")]
    [InlineData("en", "[Picking up a mail] 山田 太郎")]
    public void Of_a_whole_mail_the_notice_speaks_of_the_mail_and_has_a_subject_of_its_own(string tag, string subject)
    {
        var facts = new NoticeFacts(Languages.Parse(tag)!.Value, Url, ExpiresAt, "山田 太郎", []);

        var notice = NewNotice("c").WriteOfWhole(facts);

        notice.Subject.ShouldBe(subject);
        notice.Text.ShouldNotContain("添付");
        notice.Text.ShouldNotContain("attachments");
    }

    [Fact]
    public void The_text_of_the_link_is_its_URL() =>
        Write(MailLanguage.Ja).Html.ShouldContain(">https://files.sender.example/d/AAAA</a>");

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Nothing_from_outside_becomes_markup_or_another_line(string tag)
    {
        var language = Languages.Parse(tag)!.Value;
        var hostile = "\"><script>alert(1)</script>\r\n{Url}\u202E";

        var notice = Write(language, hostile, hostile, hostile);

        notice.Html.ShouldNotContain("<script");
        notice.Html.ShouldNotContain("\u202E");
        notice.Html.Split("<a ").Length.ShouldBe(2, "a value that looks like a field must not be filled in");
        notice.Text.Split("\r\n").Length.ShouldBe(Write(language).Text.Split("\r\n").Length);
    }

    [Fact]
    public void The_HTML_fetches_nothing() => Write(MailLanguage.Ja).Html.ShouldNotContain("src=");

    [Theory]
    [InlineData("heading\n{Company}{Expiry}{Sender}\n{Url}", "Files")]
    [InlineData("heading\n{Company}{Expiry}{Sender}{Token}\n{Url}\n{Files}", "Token")]
    [InlineData("heading\n{Company}{Expiry}{Sender}{Url}\n{Files}", "Url")]
    public void A_template_that_lacks_a_field_is_refused_by_name(string template, string field) =>
        Should
            .Throw<FormatException>(() => NoticeTemplate.Parse("x.txt", template))
            .Message.ShouldContain($"{{{field}}}");

    [Theory]
    [InlineData("taro@sales.sender.example", true)]
    [InlineData("TARO@Sales.sender.example", true)]
    [InlineData("boss@sender.example", true)]
    [InlineData("clerk@sender.example", false)]
    [InlineData("taro@east.sales.sender.example", false)]
    [InlineData("", false)]
    public void A_group_of_senders_may_have_words_of_its_own(string sender, bool isOwn)
    {
        using var folder = new TempFolder();
        File.WriteAllText(
            Path.Combine(folder.Root, "notice.ja.txt"),
            "営業部より\n{Company} {Expiry} {Sender}\n{Url}\n{Files}\n"
        );
        var notice = NewNotice("c", folder.Root);
        NoticeFacts Facts(MailLanguage language) =>
            new(language, Url, ExpiresAt, "山田 太郎", [Sample.File(1, "a.pdf")]) { Sender = sender };

        notice
            .Write(Facts(MailLanguage.Ja))
            .Text.StartsWith("営業部より\r\n", StringComparison.Ordinal)
            .ShouldBe(isOwn);
        notice.Write(Facts(MailLanguage.En)).Text.ShouldStartWith("[Picking up the attachments]", Case.Sensitive);
    }

    [Theory]
    [InlineData("notice.ja.txt", "見出し\n{Company}{Expiry}\n{Url}\n{Files}", "{Sender}")]
    [InlineData("notice.fr.txt", "x", "notice.fr.txt")]
    public void A_group_whose_template_is_wrong_stops_the_start(string name, string text, string named)
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Root, name), text);

        Should.Throw<FormatException>(() => NewNotice("c", folder.Root)).Message.ShouldContain(named);
        Should.Throw<FormatException>(() => NewNotice("c", "no/such/folder")).Message.ShouldContain("no/such/folder");
    }

    private static Notice NewNotice(string company, string? folder = null) =>
        new(
            Options.Create(new LinkOptions { CompanyName = company }),
            Options.Create(
                new NoticesOptions
                {
                    Notices = folder is null
                        ? []
                        : [new() { Folder = folder, Senders = ["*@sales.sender.example", "Boss@sender.example"] }],
                }
            )
        );

    private static LinkNotice Write(
        MailLanguage language,
        string sender = "山田 太郎",
        string file = Sample.JapaneseName,
        string company = "株式会社サンプル"
    ) => NewNotice(company).Write(new NoticeFacts(language, Url, ExpiresAt, sender, [Sample.File(1, file)]));
}
