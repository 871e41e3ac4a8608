using System.Text;
using MimeKit;
using MimeKit.Text;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>What a person reads of a message before it goes: plain text, whatever the message is made of.</summary>
/// <param name="Subject">Decoded; empty where there is none.</param>
/// <param name="Text">At most <see cref="MaxCharacters"/>; empty where the message goes as a file, whole.</param>
/// <param name="IsCut">There is more.</param>
internal sealed record ReadableBody(string Subject, string Text, bool IsCut)
{
    /// <summary>More than anybody reads on a page.</summary>
    public const int MaxCharacters = 100_000;

    /// <summary>Reads a message whose files were taken out.</summary>
    public static ReadableBody Of(MimeMessage stripped)
    {
        var text = stripped.TextBody ?? (stripped.HtmlBody is { } html ? TextOf(html) : MimeSplit.Text(stripped));
        return new ReadableBody(
            stripped.Subject ?? "",
            text.Length > MaxCharacters ? text[..MaxCharacters] : text,
            text.Length > MaxCharacters
        );
    }

    /// <summary>The words of HTML: no markup, nothing that is not shown.</summary>
    private static string TextOf(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html));
        var text = new StringBuilder();
        HtmlTagId? hidden = null;
        while (tokens.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag when hidden is not null:
                    hidden = tag.IsEndTag && tag.Id == hidden ? null : hidden;
                    break;
                case HtmlTagToken { IsEndTag: false, IsEmptyElement: false } tag when IsHidden(tag.Id):
                    hidden = tag.Id;
                    break;
                case HtmlTagToken tag when IsBreak(tag):
                    text.Append('\n');
                    break;
                case HtmlDataToken data when hidden is null:
                    text.Append(data.Data);
                    break;
            }
        }

        return text.ToString().Trim();
    }

    private static bool IsHidden(HtmlTagId tag) =>
        tag is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title or HtmlTagId.NoScript;

    private static bool IsBreak(HtmlTagToken tag) =>
        tag.Id is HtmlTagId.Br
        || (tag.IsEndTag && tag.Id is HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.H1);
}
