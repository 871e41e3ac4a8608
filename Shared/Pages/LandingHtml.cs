using TlsOrLink.Checking;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>What stands on the page of a live link.</summary>
internal static class LandingHtml
{
    private const int MaxNameCharacters = 200;

    /// <summary>Who, when, until when, what, and a button for each file.</summary>
    public static Html Of(LinkRow row, string path, MailLanguage language, LinkFault fault)
    {
        var words = LinkWords.In(language);
        return Html.Of(
            $"""
            {Facts(row, language)}
            {LinkForms.Fault(fault, language)}<h2 id="files">{words.Files}</h2>
            {(
                row.MaxDownloads is null ? Files(row, path, language) : FilesWithAddress(row, path, language)
            )}
            <p class="note">{words.Stalled}</p>
            {(
                row.Lock.IsSet ? Html.Empty : Html.Of($"<p class=\"note\">{words.NoPassword}</p>")
            )}
            <p class="note"><a href="{VerifyPath(path)}?lang={language.Tag()}">{words.HowToVerify}</a></p>
            {ForIt(row, path, language)}
            """
        );
    }

    /// <summary>Who, when and until when.</summary>
    public static Html Facts(LinkRow row, MailLanguage language)
    {
        var words = LinkWords.In(language);
        return Html.Of(
            $"""
            <dl>
            <dt>{words.From}</dt><dd>{Sender(row)}</dd>
            <dt>{words.SentAt}</dt><dd>{TimeHtml.Of(row.CreatedAt, language)}</dd>
            <dt>{words.Until}</dt><dd>{TimeHtml.Of(row.ExpiresAt, language)}</dd>{Left(row, words)}
            </dl>
            """
        );
    }

    private static Html Left(LinkRow row, LinkWords words) =>
        row.MaxDownloads is { } limit
            ? Html.Of($"<dt>{words.DownloadsLeft}</dt><dd>{Math.Max(0, limit - row.Downloads)}</dd>")
            : Html.Empty;

    private static Html Files(LinkRow row, string path, MailLanguage language) =>
        Html.Of(
            $"""
            <ul aria-labelledby="files">
            {Html.Join(
                row.Files.Select(file =>
                    Html.Of(
                        $"""
                        <li><form method="post" action="{path}/files/{file.N}?lang={language.Tag()}">
                        {Described(file, language)}
                        <button id="b{file.N}" aria-labelledby="b{file.N} n{file.N}">{LinkWords.In(language).Download}</button>
                        </form></li>

                        """
                    )
                )
            )}</ul>
            {(
                ZipDownloads.Offers(row)
                    ? Html.Of(
                        $"""
                        <form class="all" method="post" action="{path}/zip?lang={language.Tag()}"><button class="second">{LinkWords
                            .In(language)
                            .AllAsZip}</button></form>

                        """
                    )
                    : Html.Empty
            )}
            """
        );

    /// <summary>One address for all buttons: the form of each is chosen by <c>formaction</c>, which needs no script.</summary>
    private static Html FilesWithAddress(LinkRow row, string path, MailLanguage language)
    {
        var words = LinkWords.In(language);
        return Html.Of(
            $"""
            <form class="stack" method="post" action="{path}/files/{row.Files[0].N}?lang={language.Tag()}">
            {LinkForms.Address(words)}
            <ul aria-labelledby="files">
            {Html.Join(
                row.Files.Select(file =>
                    Html.Of(
                        $"""
                        <li><div class="file">{Described(file, language)}
                        <button id="b{file.N}" formaction="{path}/files/{file.N}?lang={language.Tag()}" aria-labelledby="b{file.N} n{file.N}">{words.Download}</button>
                        </div></li>

                        """
                    )
                )
            )}</ul>
            {(
                ZipDownloads.Offers(row)
                    ? Html.Of(
                        $"""<button class="second" formaction="{path}/zip?lang={language.Tag()}">{words.AllAsZip}</button>"""
                    )
                    : Html.Empty
            )}
            </form>
            """
        );
    }

    private static Html Described(LinkFile file, MailLanguage language)
    {
        var kind = FileKind.Of(ShownText.OneLine(file.Name), language);
        return Html.Of(
            $"""
            <span class="kind" aria-hidden="true">{kind.Badge}</span>
            <span><bdi class="name" id="n{file.N}">{ShownText.OneLine(file.Name, MaxNameCharacters)}</bdi>
            <span class="size">{kind.Name} · {HumanSize.Of(file.Bytes)}</span></span>
            """
        );
    }

    /// <summary>Folded away: what one setting would make attachments arrive directly. Nothing where nobody there can change it.</summary>
    private static Html ForIt(LinkRow row, string path, MailLanguage language)
    {
        var words = LinkWords.In(language);
        return row.Reason.Length == 0 || ReasonTexts.Of(row.Reason, language) is not { Change: { } change } text
            ? Html.Empty
            : Html.Of(
                $"""
                <details class="it"><summary>{words.ForIt}</summary>
                <p>{words.ForItLead}</p>
                <p><b>{words.Found}</b> {text.Meaning}</p>
                <p><b>{words.Change}</b> {change}</p>
                <form method="post" action="{path}/recheck?lang={language.Tag()}"><button class="second">{words.Recheck}</button></form>
                </details>
                """
            );
    }

    private static Html Sender(LinkRow row)
    {
        var name = ShownText.OneLine(row.SenderName, 100);
        var address = ShownText.OneLine(row.Sender);
        return name.Length == 0 || string.Equals(name, address, StringComparison.OrdinalIgnoreCase)
            ? Html.Of($"<bdi>{address}</bdi>")
            : Html.Of($"""<bdi>{name}</bdi><bdi class="address">{address}</bdi>""");
    }

    /// <summary>The page stands beside the links: <c>/base/d/token</c> to <c>/base/verify</c>.</summary>
    private static string VerifyPath(string path) =>
        path[..path.LastIndexOf("/d/", StringComparison.Ordinal)] + "/verify";
}
