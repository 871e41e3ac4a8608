using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>Who looks at a link's page, and how they like it.</summary>
/// <param name="Token">The token of the URL; null where it cannot be one.</param>
/// <param name="ChosenLanguage">Value of <c>lang</c> in the query; null where absent.</param>
/// <param name="AcceptLanguage">The request header; null where absent.</param>
internal sealed record LinkVisit(LinkToken? Token, string? ChosenLanguage, string? AcceptLanguage);

/// <summary>The pages behind a download link. They change nothing, so that link scanners and previews are harmless.</summary>
internal sealed class LinkPages(IOptions<LinkOptions> options, FileSas sas)
{
    private const int MaxNameCharacters = 200;

    /// <summary>The page for a link in a state: the landing page where it is live, else what became of it (404 or 410).</summary>
    /// <param name="visit">Who looks.</param>
    /// <param name="state">The state, by <see cref="LinkJudge"/> or of a <see cref="Press"/>.</param>
    /// <param name="row">The link; null where there is none.</param>
    public Page Show(LinkVisit visit, LinkState state, LinkRow? row)
    {
        var language = LanguageOf(visit, row);
        if (state == LinkState.Live)
        {
            return Landing(visit.Token!, row!, language);
        }

        var saying = LinkWords.In(language).Of(state);
        return Plain(state == LinkState.Unknown ? 404 : 410, visit, language, saying, row);
    }

    /// <summary>Storage does not answer: 503, with the promise that nothing is lost.</summary>
    public Page Busy(LinkVisit visit)
    {
        var language = LanguageOf(visit, row: null);
        return Plain(503, visit, language, LinkWords.In(language).Busy, row: null).With("Retry-After", "10");
    }

    private static MailLanguage LanguageOf(LinkVisit visit, LinkRow? row) =>
        Languages.Choose(visit.ChosenLanguage, visit.AcceptLanguage, row?.Language ?? MailLanguage.Ja);

    private Page Landing(LinkToken token, LinkRow row, MailLanguage language)
    {
        var words = LinkWords.In(language);
        var path = PathOf(token);
        var main = Html.Of(
            $"""
            <dl>
            <dt>{words.From}</dt><dd>{Sender(row)}</dd>
            <dt>{words.SentAt}</dt><dd>{Time(row.CreatedAt, language)}</dd>
            <dt>{words.Until}</dt><dd>{Time(row.ExpiresAt, language)}</dd>
            </dl>
            <h2 id="files">{words.Files}</h2>
            <ul aria-labelledby="files">
            {Html.Join(row.Files.Select(file => FileItem(file, path, language)))}</ul>
            <p class="note">{words.Stalled}</p>
            <p class="note">{words.NoPassword}</p>
            """
        );
        return Layout.Render(
            new PageFrame(200, language, words.Landing, options.Value.CompanyName, main, path, FormOrigin: sas.Origin)
        );
    }

    private Page Plain(int status, LinkVisit visit, MailLanguage language, Saying saying, LinkRow? row)
    {
        var name = ShownText.OneLine(row?.ShownSender ?? "", 100);
        var sentence = string.Format(
            CultureInfo.InvariantCulture,
            saying.Sentence,
            name.Length > 0 ? name : LinkWords.In(language).UnnamedSender
        );
        var main = Html.Of($"<p>{Capitalised(sentence)}</p>");
        var path = visit.Token is { } token ? PathOf(token) : null;
        return Layout.Render(new PageFrame(status, language, saying.Heading, options.Value.CompanyName, main, path));
    }

    private static Html Sender(LinkRow row)
    {
        var name = ShownText.OneLine(row.SenderName, 100);
        var address = ShownText.OneLine(row.Sender);
        return name.Length == 0 || string.Equals(name, address, StringComparison.OrdinalIgnoreCase)
            ? Html.Of($"<bdi>{address}</bdi>")
            : Html.Of($"""<bdi>{name}</bdi><bdi class="address">{address}</bdi>""");
    }

    private static Html Time(DateTimeOffset at, MailLanguage language) =>
        Html.Of(
            $"""<time datetime="{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}">{ShownTime.Of(
                at,
                language
            )}</time>"""
        );

    /// <summary>The token in the action is the authority, hence no cookie and nothing to forge: another site cannot know it.</summary>
    private static Html FileItem(LinkFile file, string path, MailLanguage language)
    {
        var words = LinkWords.In(language);
        var kind = FileKind.Of(ShownText.OneLine(file.Name), language);
        return Html.Of(
            $"""
            <li><form method="post" action="{path}/files/{file.N}?lang={language.Tag()}">
            <span class="kind" aria-hidden="true">{kind.Badge}</span>
            <span><bdi class="name" id="n{file.N}">{ShownText.OneLine(file.Name, MaxNameCharacters)}</bdi>
            <span class="size">{kind.Name} · {HumanSize.Of(file.Bytes)}</span></span>
            <button id="b{file.N}" aria-labelledby="b{file.N} n{file.N}">{words.Download}</button>
            </form></li>

            """
        );
    }

    private string PathOf(LinkToken token) => options.Value.UrlOf(token).AbsolutePath;

    private static string Capitalised(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
