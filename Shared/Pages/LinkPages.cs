using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>Who looks at a link's page, and how they like it.</summary>
/// <param name="Token">The token of the URL; null where it cannot be one.</param>
/// <param name="ChosenLanguage">Value of <c>lang</c> in the query; null where absent.</param>
/// <param name="AcceptLanguage">The request header; null where absent.</param>
internal sealed record LinkVisit(LinkToken? Token, string? ChosenLanguage, string? AcceptLanguage)
{
    /// <summary>What the browser keeps after the right code; null where it keeps nothing.</summary>
    public string? Pass { get; init; }

    /// <summary>What was wrong with the form that was sent; <see cref="LinkFault.None"/> where none was.</summary>
    public LinkFault Fault { get; init; }

    /// <summary>A one-time code is on its way by mail.</summary>
    public bool IsCodeMailed { get; init; }

    /// <summary>Nothing: it holds a pass.</summary>
    public override string ToString() => nameof(LinkVisit);
}

/// <summary>What was wrong with a form of a link's page.</summary>
internal enum LinkFault
{
    None,

    /// <summary>The code does not open the link.</summary>
    WrongCode,

    /// <summary>Too many from this network address.</summary>
    TooMany,

    /// <summary>The address is missing, or not the one to which the mail went.</summary>
    WrongAddress,

    /// <summary>A mail with a code would not be protected on its way.</summary>
    CodeNotSafe,
}

/// <summary>The pages behind a download link. They change nothing, so that link scanners and previews are harmless.</summary>
internal sealed class LinkPages(IOptions<LinkOptions> options, FileSas sas, LinkPass pass)
{
    /// <summary>Name of the field with the recipient's own address.</summary>
    public const string AddressField = "address";

    /// <summary>Name of the field with the access code.</summary>
    public const string CodeField = "code";

    private const string Sheet = "link";

    /// <summary>The page for a link in a state: the landing page where it is live, else what became of it (404 or 410).</summary>
    /// <param name="visit">Who looks.</param>
    /// <param name="state">The state, by <see cref="LinkJudge"/> or of a <see cref="Press"/>.</param>
    /// <param name="row">The link; null where there is none.</param>
    public Page Show(LinkVisit visit, LinkState state, LinkRow? row)
    {
        var language = LanguageOf(visit, row);
        if (state == LinkState.Live)
        {
            return pass.Opens(row, visit.Pass) ? Landing(visit, row!, language) : Locked(visit, row!, language);
        }

        var saying = LinkWords.In(language).Of(state);
        var form = state is LinkState.Expired or LinkState.UsedUp ? RenewalForm(visit, language) : Html.Empty;
        return Plain(state == LinkState.Unknown ? 404 : 410, visit, language, saying, row, form);
    }

    /// <summary>The sender is told that the recipient asks for the files anew: 200.</summary>
    public Page Asked(LinkVisit visit, LinkRow? row)
    {
        var language = LanguageOf(visit, row);
        return Plain(200, visit, language, LinkWords.In(language).Asked, row, Html.Empty);
    }

    /// <summary>What the recipient's mail server shows now: 200; 429 where it was asked too often.</summary>
    /// <param name="visit">Who looks.</param>
    /// <param name="row">The link.</param>
    /// <param name="report">What was found; null where it was asked too often.</param>
    public Page Rechecked(LinkVisit visit, LinkRow row, Html? report)
    {
        var language = LanguageOf(visit, row);
        var words = LinkWords.In(language);
        var back = Html.Of($"""<p><a href="{PathOf(visit.Token!)}?lang={language.Tag()}">{words.Back}</a></p>""");
        var main = Html.Join([report ?? Html.Of($"<p>{words.TooMany}</p>"), back]);
        return Framed(report is null ? 429 : 200, visit, language, words.ForIt, main);
    }

    /// <summary>Storage does not answer: 503, with the promise that nothing is lost.</summary>
    public Page Busy(LinkVisit visit)
    {
        var language = LanguageOf(visit, row: null);
        return Plain(503, visit, language, LinkWords.In(language).Busy, row: null, Html.Empty)
            .With("Retry-After", "10");
    }

    private static MailLanguage LanguageOf(LinkVisit visit, LinkRow? row) =>
        Languages.Choose(visit.ChosenLanguage, visit.AcceptLanguage, row?.Language ?? MailLanguage.Ja);

    private Page Landing(LinkVisit visit, LinkRow row, MailLanguage language)
    {
        var main = LandingHtml.Of(row, PathOf(visit.Token!), language, visit.Fault);
        var status = visit.Fault == LinkFault.None ? 200 : 400;
        return Framed(status, visit, language, LinkWords.In(language).Landing, main, sas.Origin);
    }

    private Page Locked(LinkVisit visit, LinkRow row, MailLanguage language)
    {
        var words = LinkWords.In(language);
        var isLocked = row.WrongCodes >= CodeTries.Most;
        var status = isLocked ? 403 : StatusOf(visit.Fault);
        var rest = isLocked
            ? Html.Join([
                Html.Of($"""<p class="fault" role="alert">{words.CodeLocked}</p>"""),
                RenewalForm(visit, language),
            ])
            : LinkForms.Code(row, PathOf(visit.Token!), language, visit);
        return Framed(status, visit, language, words.Landing, Html.Join([LandingHtml.Facts(row, language), rest]));
    }

    private static int StatusOf(LinkFault fault) =>
        fault switch
        {
            LinkFault.None => 200,
            LinkFault.WrongAddress => 400,
            LinkFault.CodeNotSafe => 409,
            LinkFault.TooMany => 429,
            _ => 403,
        };

    private Html RenewalForm(LinkVisit visit, MailLanguage language) =>
        visit.Token is { } token ? LinkForms.Renewal(PathOf(token), language, visit.Fault) : Html.Empty;

    private Page Plain(int status, LinkVisit visit, MailLanguage language, Saying saying, LinkRow? row, Html form)
    {
        var name = ShownText.OneLine(row?.ShownSender ?? "", 100);
        var sentence = string.Format(
            CultureInfo.InvariantCulture,
            saying.Sentence,
            name.Length > 0 ? name : LinkWords.In(language).UnnamedSender
        );
        var main = Html.Join([Html.Of($"<p>{Capitalised(sentence)}</p>"), form]);
        return Framed(visit.Fault == LinkFault.None ? status : 400, visit, language, saying.Heading, main);
    }

    private Page Framed(
        int status,
        LinkVisit visit,
        MailLanguage language,
        string title,
        Html main,
        string? origin = null
    )
    {
        var path = visit.Token is { } token ? PathOf(token) : null;
        return Layout.Render(
            new PageFrame(status, language, title, options.Value.CompanyName, main, path, origin)
            {
                Sheet = Sheet,
                TellsTimes = true,
            }
        );
    }

    private string PathOf(LinkToken token) => options.Value.UrlOf(token).AbsolutePath;

    private static string Capitalised(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
