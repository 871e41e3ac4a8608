using System.Text.Json;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>The recipients of a message, with what is known of each.</summary>
internal static class TrackRecipients
{
    /// <summary>More are not shown on one page.</summary>
    public const int Most = 200;

    public static Html Of(TrackedMessage tracked)
    {
        var words = TrackWords.In(tracked.Visitor.Language);
        var rows = tracked.Found.Recipients;
        return Html.Of(
            $"<ul class=\"domains\">\n{Html.Join(rows.Take(Most).Select(row => Item(tracked, row)))}{(rows.Count > Most ? Html.Of($"<li>{Most} {words.More}</li>") : Html.Empty)}</ul>"
        );
    }

    /// <summary>What is known of a recipient, as a list of terms.</summary>
    public static Html Facts(RecipientRow row, MailLanguage language)
    {
        var words = TrackWords.In(language);
        return Html.Of(
            $"""
            <dl>
            <dt>{words.State}</dt><dd>{words.Of(row.State)}</dd>
            <dt>{words.Route}</dt><dd>{words.Of(row.Route ?? row.PlannedRoute)}</dd>
            <dt>{words.Level}</dt><dd><code>{$"{row.Level}".ToLowerInvariant()}</code> <code>{row.Reason}</code></dd>
            <dt>{words.Reply}</dt><dd><bdi>{row.LastReplyCode ?? 0} {ShownText.OneLine(
                row.LastReply ?? "",
                300
            )}</bdi></dd>
            <dt>{words.UpdatedAt}</dt><dd>{TimeHtml.Of(row.UpdatedAt, language)}</dd>
            </dl>
            """
        );
    }

    /// <summary>Each fact of a receipt; what hosts say is hostile input, shortened, and escaped as all text.</summary>
    public static Html Receipt(string receipt)
    {
        using var json = JsonDocument.Parse(receipt);
        return json.RootElement.ValueKind != JsonValueKind.Object
            ? Html.Empty
            : Html.Of(
                $"<dl>{Html.Join(
                    json.RootElement.EnumerateObject()
                        .Where(fact => fact.Value.ValueKind != JsonValueKind.Null)
                        .Select(fact => Html.Of($"<dt><code>{fact.Name}</code></dt><dd><code>{ShownText.OneLine($"{fact.Value}", 500)}</code></dd>"))
                )}</dl>"
            );
    }

    private static Html Item(TrackedMessage tracked, RecipientRow row)
    {
        var (language, words) = (tracked.Visitor.Language, TrackWords.In(tracked.Visitor.Language));
        return Html.Of(
            $"""
            <li><h3><bdi>{ShownText.OneLine(row.Address)}</bdi></h3>
            {Facts(row, language)}
            {(
                row.Receipt is { } receipt
                    ? Html.Of($"<details><summary>{words.Receipt}</summary>{Receipt(receipt)}</details>")
                    : Html.Empty
            )}
            {Html.Join(
                row.LinkIds.Select(id => tracked.Links.GetValueOrDefault(id)).OfType<LinkRow>().Select(link =>
                    Link(tracked, link, row)
                )
            )}
            </li>

            """
        );
    }

    private static Html Link(TrackedMessage tracked, LinkRow link, RecipientRow row)
    {
        var (language, words) = (tracked.Visitor.Language, TrackWords.In(tracked.Visitor.Language));
        return Html.Of(
            $"""
            <p>{words.Link}: {words.Of(LinkJudge.StateAt(link, tracked.Now))} · {words.Until} {TimeHtml.Of(
                link.ExpiresAt,
                language
            )} · {words.Downloads} {link.Downloads}</p>
            {TrackActions.Of(tracked, link, ShownText.OneLine(row.Address))}
            """
        );
    }
}
