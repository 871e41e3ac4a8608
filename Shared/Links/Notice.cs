using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>What a notice is about. Names are hostile input and may be given as they came.</summary>
/// <param name="Language">The message's language.</param>
/// <param name="Url">Landing page of the recipient's link.</param>
/// <param name="ExpiresAt">End of the link.</param>
/// <param name="SenderName">Display name of the sender, or the address where the message names none.</param>
/// <param name="Files">Name and decoded size of every file.</param>
internal sealed record NoticeFacts(
    MailLanguage Language,
    Uri Url,
    DateTimeOffset ExpiresAt,
    string SenderName,
    IReadOnlyList<LinkFile> Files
)
{
    /// <summary>What the page asks for: the notice must not say that it asks for nothing.</summary>
    public AccessCodeKind Code { get; init; }

    /// <summary>Address of the sender, whose group may have words of its own; empty where it is not known.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Addresses of the files themselves, in place of a page; null where the mail leads to one.</summary>
    public IReadOnlyList<DirectFile>? Direct { get; init; }

    /// <summary>What the mail names: the page, or each file.</summary>
    public IEnumerable<Uri> Urls => Direct?.Select(file => file.Url) ?? [Url];

    /// <summary>The facts of a link that was just issued.</summary>
    public static NoticeFacts Of(IssuedLink link) =>
        new(link.Row.Language, link.Url, link.Row.ExpiresAt, link.Row.ShownSender, link.Row.Files)
        {
            Code = link.Row.Lock.Kind,
            Sender = link.Row.Sender,
        };

    /// <summary>Of a mail whose body is protected the whole message alone is named: names of files can say as much as the body.</summary>
    public NoticeFacts WithoutNames() => this with { Files = [.. Files.Where(file => file.N == LinkFile.Whole)] };
}

/// <summary>Writes the notice of a link mail. Made at start, so that a broken template stops the start.</summary>
/// <exception cref="FormatException">A template lacks a field.</exception>
internal sealed class Notice(IOptions<LinkOptions> options, IOptions<NoticesOptions> groups)
{
    private const string BoxStyle =
        "margin:0 0 24px;padding:16px 20px;border-left:4px solid #2f6f62;background:#f3f7f5;color:#1d2b28;"
        + "font-family:-apple-system,'Segoe UI','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif;font-size:15px;line-height:1.7";

    /// <summary>Readable Japanese, but everything that HTML gives a meaning is escaped.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly (NoticeSettings Group, NoticeTemplates Templates)[] own =
    [
        .. groups.Value.Notices.Select(group => (group, NoticeTemplates.From(group.Folder))),
    ];

    /// <summary>The notice for one recipient: text with CRLF; HTML as one <c>div</c> with inline styles, no images, every value escaped.</summary>
    public LinkNotice Write(NoticeFacts facts) =>
        Write(Lines(facts.Direct is null ? NoticeTemplates.Plain : NoticeTemplates.Direct, facts), facts);

    /// <summary>The notice of a mail whose body is behind the link too, with a subject that says nothing of it.</summary>
    public LinkNotice WriteOfWhole(NoticeFacts facts)
    {
        var lines = Lines(NoticeTemplates.Whole, facts);
        return Write(lines, facts) with { Subject = $"{lines[0]} {ShownText.OneLine(facts.SenderName, 100)}" };
    }

    /// <summary>The last line speaks of what the page asks for: nothing, or a code.</summary>
    private IReadOnlyList<string> Lines(string kind, NoticeFacts facts)
    {
        var templates = TemplatesFor(facts.Sender);
        var lines = templates.Lines(kind, facts.Language);
        return facts.Code switch
        {
            AccessCodeKind.None => lines,
            AccessCodeKind.Mail =>
            [
                .. lines.SkipLast(1),
                templates.Lines(NoticeTemplates.CodeByMail, facts.Language)[^1],
            ],
            _ => [.. lines.SkipLast(1), templates.Lines(NoticeTemplates.Coded, facts.Language)[^1]],
        };
    }

    private NoticeTemplates TemplatesFor(string sender) =>
        MailAddress.TryParse(sender, out var address)
        && Array.Find(own, one => one.Group.Has(address)) is { Templates: { } templates }
            ? templates
            : NoticeTemplates.Product;

    private LinkNotice Write(IReadOnlyList<string> lines, NoticeFacts facts)
    {
        var text = string.Concat(lines.Select(line => TextLine(line, facts) + "\r\n"));
        var html = new StringBuilder($"<div lang=\"{facts.Language.Tag()}\" style=\"{BoxStyle}\">");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p style=\"margin:0 0 8px;font-weight:bold\">{HtmlLine(lines[0], facts)}</p>"
        );
        foreach (var line in lines.Skip(1))
        {
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 8px\">{HtmlLine(line, facts)}</p>");
        }

        return new LinkNotice(text, html.Append("</div>").ToString());
    }

    private string TextLine(string line, NoticeFacts facts) =>
        NoticeTemplate.Fill(
            line,
            field => field is "Files" ? Files(facts, "\r\n", "・", name => name) : Value(field, facts),
            word => word
        );

    private string HtmlLine(string line, NoticeFacts facts) =>
        NoticeTemplate.Fill(
            line,
            field =>
                field switch
                {
                    "Files" => Files(facts, "<br>", "・", Encoder.Encode),
                    "Url" => string.Join("<br>", facts.Urls.Select(Anchor)),
                    _ => Encoder.Encode(Value(field, facts)),
                },
            Encoder.Encode
        );

    private static string Anchor(Uri url) =>
        $"<a href=\"{Encoder.Encode(url.AbsoluteUri)}\" style=\"color:#14564a\">{Encoder.Encode(url.AbsoluteUri)}</a>";

    private string Value(string field, NoticeFacts facts) =>
        field switch
        {
            "Company" => ShownText.OneLine(options.Value.CompanyName, 100),
            "Expiry" => ShownTime.Of(facts.ExpiresAt, facts.Language),
            "Url" => string.Join("\r\n", facts.Urls.Select(url => url.AbsoluteUri)),
            "Sender" => ShownText.OneLine(facts.SenderName, 100),
            _ => throw new InvalidOperationException($"No field {field}: NoticeTemplate.Parse lets none pass."),
        };

    private static string Files(NoticeFacts facts, string separator, string bullet, Func<string, string> escape) =>
        string.Join(
            separator,
            facts.Files.Select(file =>
                escape(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{bullet}{ShownText.OneLine(file.Name)} ({HumanSize.Of(file.Bytes)})"
                    )
                )
            )
        );
}
