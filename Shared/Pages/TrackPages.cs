using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>The pages that follow messages, for whoever sent them.</summary>
internal sealed class TrackPages(IOptions<LinkOptions> links)
{
    /// <summary>Name of the search field.</summary>
    public const string QueryField = "q";

    /// <summary>Name of the field with the instant of the last message of the page before.</summary>
    public const string BeforeField = "before";

    /// <summary>Name of the field with the id of that message: several may be of one instant.</summary>
    public const string AfterField = "after";

    /// <summary>Path of the list.</summary>
    public const string Path = "/track";

    /// <summary>The list.</summary>
    public Page List(TrackList list)
    {
        var (words, tag) = (TrackWords.In(list.Visitor.Language), list.Visitor.Language.Tag());
        var main = Html.Of(
            $"""
            <form class="stack" method="get" action="{Path}"><input type="hidden" name="lang" value="{tag}">
            <label for="q">{words.Search}</label>
            <textarea id="q" name="{QueryField}" rows="1" autocapitalize="none" autocomplete="off" spellcheck="false">
            {list.Query}</textarea>
            <button>{words.Find}</button></form>
            {(list.Messages.Count == 0 ? Html.Of($"<p>{words.None}</p>") : Html.Of(
                $"{TrackChart.Of(list.Messages, list.Visitor.Language)}<ul class=\"domains\">\n{Html.Join(list.Messages.Select(one => Item(one, list.Visitor)))}</ul>"
            ))}
            {(list.Older is { } older ? Html.Of($"""<p><a href="{PathAfter(older, list)}">{words.Older}</a></p>""") : Html.Empty)}
            """
        );
        return Render(list.Visitor, 200, words.Title, main, Path);
    }

    /// <summary>One message.</summary>
    public Page Show(TrackedMessage tracked)
    {
        var words = TrackWords.In(tracked.Visitor.Language);
        var message = tracked.Found.Message;
        var main = Html.Of(
            $"""
            {(tracked.IsRefused ? Html.Of($"""<p class="fault" role="alert">{words.Refused}</p>""") : Html.Empty)}
            {Facts(message, tracked.Visitor.Language)}
            {TrackActions.Of(tracked)}
            <h2>{words.Recipients}</h2>
            {TrackRecipients.Of(tracked)}
            <h2>{words.Events}</h2>
            <ul class="domains">{Html.Join(
                tracked.Trail.Events.Select(entry =>
                    Html.Of(
                        $"<li>{TimeHtml.Of(entry.At, tracked.Visitor.Language)} <code>{entry.Kind}</code> <span class=\"size\">{entry.Chain} · {entry.Actor}</span></li>\n"
                    )
                )
            )}</ul>
            <p><a href="{PathOf(message)}/certificate?lang={tracked.Visitor.Language.Tag()}">{words.CertificateTitle}</a></p>
            <p><a href="{Path}?lang={tracked.Visitor.Language.Tag()}">{words.Back}</a></p>
            """
        );
        return Render(tracked.Visitor, tracked.IsRefused ? 409 : 200, words.Message, main, PathOf(message));
    }

    /// <summary>No such message, or another's.</summary>
    public Page Unknown(Visitor visitor)
    {
        var words = TrackWords.In(visitor.Language);
        var main = Html.Of(
            $"""<p>{words.NotFound}</p><p><a href="{Path}?lang={visitor.Language.Tag()}">{words.Back}</a></p>"""
        );
        return Render(visitor, 404, words.Title, main, Path);
    }

    /// <summary>Path of the page after an entry, of the same search.</summary>
    private static string PathAfter(IndexEntry last, TrackList list) =>
        Path
        + $"?{BeforeField}={Uri.EscapeDataString(last.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))}"
        + $"&{AfterField}={last.Id}"
        + (list.Query.Length > 0 ? $"&{QueryField}={Uri.EscapeDataString(list.Query)}" : "")
        + $"&lang={list.Visitor.Language.Tag()}";

    /// <summary>Path of a message's page.</summary>
    public static string PathOf(MessageRow message) => $"{Path}/{message.Id}";

    /// <summary>What a message's page and its certificate begin with.</summary>
    public static Html Facts(MessageRow message, MailLanguage language)
    {
        var words = TrackWords.In(language);
        return Html.Of(
            $"""
            <dl>
            <dt>ID</dt><dd><code>{message.Id}</code></dd>
            <dt>{words.From}</dt><dd><bdi>{ShownText.OneLine(message.Sender)}</bdi></dd>
            <dt>{words.SentAt}</dt><dd>{TimeHtml.Of(message.CreatedAt, language)}</dd>
            <dt>{words.State}</dt><dd>{words.Of(message.State)}</dd>
            {(
                message.CompletedAt is { } end
                    ? Html.Of($"<dt>{words.CompletedAt}</dt><dd>{TimeHtml.Of(end, language)}</dd>")
                    : Html.Empty
            )}
            </dl>
            """
        );
    }

    private static Html Item(MessagePartition found, Visitor visitor)
    {
        var words = TrackWords.In(visitor.Language);
        var first = found.Recipients.Count > 0 ? found.Recipients[0].Address : "";
        return Html.Of(
            $"""
            <li><p><a href="{PathOf(found.Message)}?lang={visitor.Language.Tag()}">{TimeHtml.Of(
                found.Message.CreatedAt,
                visitor.Language
            )}</a> – {words.Of(found.Message.State)}</p>
            <p><bdi>{ShownText.OneLine(found.Message.Sender)}</bdi> → <bdi>{ShownText.OneLine(
                first
            )}</bdi> ({found.Recipients.Count})</p></li>

            """
        );
    }

    private Page Render(Visitor visitor, int status, string title, Html main, string path) =>
        Layout.Render(
            new PageFrame(status, visitor.Language, title, links.Value.CompanyName, main, path)
            {
                Sheet = "check",
                Person = visitor.Header,
                TellsItself = true,
                TellsTimes = true,
            }
        );
}
