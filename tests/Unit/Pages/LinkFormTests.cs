using System.Text.RegularExpressions;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;
using TlsOrLink.Tests.Unit.Links;
using static TlsOrLink.Tests.Unit.Pages.SamplePages;

namespace TlsOrLink.Tests.Unit.Pages;

/// <summary>Forms of the pages behind a link.</summary>
public sealed partial class LinkFormTests
{
    private static LinkRow Coded => Sample.Row() with { Lock = new LinkLock(AccessCodeKind.Generated, "") };

    [Fact]
    public void A_link_with_a_code_shows_no_file_before_it_and_does_not_say_that_there_is_none()
    {
        var page = New().Show(Visit("ja"), LinkState.Live, Coded);

        page.Status.ShouldBe(200);
        page.Html.ShouldNotContain(Sample.JapaneseName);
        page.Html.ShouldNotContain("/files/");
        page.Html.ShouldNotContain("パスワードをお尋ねすることはございません");
        page.Html.ShouldContain($"action=\"/pick/d/{Token.Text}/code?lang=ja\"");
        page.Html.ShouldContain("山田 太郎", Case.Sensitive, "who sent it helps to know which code");
    }

    [Fact]
    public void A_pass_opens_the_page_of_its_own_link_only()
    {
        var (value, _) = Pass().Write(Coded);

        New().Show(Visit() with { Pass = value }, LinkState.Live, Coded).Html.ShouldContain(Sample.JapaneseName);
        var other = Coded with { LinkId = new string('b', 64) };
        New().Show(Visit() with { Pass = value }, LinkState.Live, other).Html.ShouldNotContain(Sample.JapaneseName);
        var relocked = Coded with { Lock = new LinkLock(AccessCodeKind.Given, "x") };
        New().Show(Visit() with { Pass = value }, LinkState.Live, relocked).Html.ShouldNotContain(Sample.JapaneseName);
    }

    [Fact]
    public void A_wrong_code_is_said_and_a_locked_link_has_no_field_for_more()
    {
        var wrong = New().Show(Visit("en") with { Fault = LinkFault.WrongCode }, LinkState.Live, Coded);
        var locked = New().Show(Visit("en"), LinkState.Live, Coded with { WrongCodes = CodeTries.Most });

        wrong.Status.ShouldBe(403);
        wrong.Html.ShouldContain("That is not the code.");
        wrong.Html.ShouldContain("role=\"alert\"");
        locked.Status.ShouldBe(403);
        locked.Html.ShouldNotContain("name=\"code\"");
        locked.Html.ShouldContain("Please tell the sender");
    }

    [Fact]
    public void A_link_with_a_limit_asks_for_the_address_once_for_all_buttons()
    {
        var row = Sample.Row(Sample.File(1), Sample.File(2, "b.pdf")) with { MaxDownloads = 3, Downloads = 1 };

        var html = New().Show(Visit("en"), LinkState.Live, row).Html;

        Regex.Count(html, "name=\"address\"").ShouldBe(1);
        html.ShouldContain($"formaction=\"/pick/d/{Token.Text}/files/2?lang=en\"");
        html.ShouldContain($"formaction=\"/pick/d/{Token.Text}/zip?lang=en\"");
        html.ShouldContain("<dt>Downloads left</dt><dd>2</dd>");
    }

    [Fact]
    public void All_as_ZIP_is_offered_for_several_files_under_200_MB()
    {
        var (one, two) = (Sample.Row(), Sample.Row(Sample.File(1), Sample.File(2)));
        var huge = Sample.Row(Sample.File(1), Sample.File(2, bytes: ZipDownloads.MaxBytes));

        New().Show(Visit("en"), LinkState.Live, two).Html.ShouldContain("/zip?lang=en");
        New().Show(Visit("en"), LinkState.Live, one).Html.ShouldNotContain("/zip");
        New().Show(Visit("en"), LinkState.Live, huge).Html.ShouldNotContain("/zip");
    }

    [Fact]
    public void The_IT_department_reads_what_to_change_only_where_it_can()
    {
        var html = New().Show(Visit("en"), LinkState.Live, Sample.Row() with { Reason = "starttls-not-offered" }).Html;

        html.ShouldContain("<details class=\"it\">");
        html.ShouldContain("Turn STARTTLS on.");
        html.ShouldContain($"action=\"/pick/d/{Token.Text}/recheck?lang=en\"");
        New().Show(Visit("en"), LinkState.Live, Sample.Row()).Html.ShouldNotContain("<details");
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Every_input_of_every_page_has_a_label_and_every_page_its_language(string language)
    {
        var limited = Sample.Row() with { MaxDownloads = 1 };
        Page[] pages =
        [
            New().Show(Visit(language), LinkState.Live, Coded),
            New().Show(Visit(language), LinkState.Live, limited),
            New().Show(Visit(language), LinkState.Expired, limited),
            New().Show(Visit(language), LinkState.UsedUp, limited),
            New().Show(Visit(language) with { Fault = LinkFault.WrongAddress }, LinkState.Expired, limited),
            New().Asked(Visit(language), limited),
        ];

        foreach (var page in pages)
        {
            page.Html.ShouldContain($"<html lang=\"{language}\">");
            foreach (var id in Inputs().Matches(page.Html).Select(match => match.Groups["id"].Value))
            {
                page.Html.ShouldContain($"<label for=\"{id}\">");
                page.Html.ShouldContain($"id=\"{id}-hint\"");
            }
        }
    }

    [Fact]
    public void The_check_of_a_link_names_host_and_record_and_never_the_mail_itself()
    {
        var options = new LinkOptions { Host = new Uri("https://files.sender.example"), CompanyName = "Kit" };

        var page = new VerifyPages(Microsoft.Extensions.Options.Options.Create(options)).Show(MailLanguage.En);

        page.Html.ShouldContain("https://files.sender.example/");
        page.Html.ShouldContain("<code>_tlsorlink.(the sender");
        page.Html.ShouldContain("number that you already have");
    }

    [GeneratedRegex("<input id=\"(?<id>[a-z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inputs();
}
