using System.Globalization;
using TlsOrLink.Domains;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Reporting;

/// <summary>The mail that sums up a delivery: one table, who got what, how, when. Pure.</summary>
internal static class DeliveryReport
{
    /// <summary>Writes it.</summary>
    /// <param name="to">Who asked for it.</param>
    /// <param name="message">The message.</param>
    /// <param name="recipients">Its recipients, in order.</param>
    /// <param name="header">The message's own header; null where its content is gone.</param>
    public static OwnMail Write(
        MailAddress to,
        MessageRow message,
        IReadOnlyList<RecipientRow> recipients,
        OriginalHeader? header
    )
    {
        var words = ReportWords.In(message.Language);
        var subject = ShownText.OneLine(header?.Subject ?? "", 100);
        var about = subject.Length > 0 ? $": {subject}" : "";
        ReportLine[] lines = [.. recipients.Select(row => ReportLine.Of(row, message.Language))];
        var summary = string.Format(
            CultureInfo.InvariantCulture,
            words.Summary,
            lines.Count(line => line.IsReached),
            lines.Length
        );
        var sent = $"{words.Taken}: {ShownTime.Of(message.CreatedAt, message.Language)}";
        return new OwnMail(
            to,
            message.Language,
            words.Subject + about,
            Text([summary, sent, "", .. lines.SelectMany(Paragraph), $"{words.Message}: {message.Id}"])
        )
        {
            Html = Page(words, summary, sent, lines, message.Id).Text,
            About = header?.MessageId,
        };
    }

    private static IEnumerable<string> Paragraph(ReportLine line) =>
        [
            line.Who,
            .. new[] { $"{line.What} ({line.How})", line.When, line.Detail }.Where(Says).Select(text => $"  {text}"),
            "",
        ];

    private static bool Says(string text) => text.Length > 0;

    private static Html Page(ReportWords words, string summary, string sent, ReportLine[] lines, string id) =>
        Html.Of(
            $"""
            <p>{summary}<br>{sent}</p>
            <table border="1" cellpadding="6" style="border-collapse:collapse">
            <tr><th>{words.Who}</th><th>{words.What}</th><th>{words.How}</th><th>{words.When}</th><th>{words.Detail}</th></tr>
            {Html.Join(lines.Select(Row))}</table>
            <p>{words.Message}: {id}</p>
            """
        );

    private static Html Row(ReportLine line) =>
        Html.Of(
            $"<tr><td>{line.Who}</td><td>{line.What}</td><td>{line.How}</td><td>{line.When}</td><td>{line.Detail}</td></tr>\n"
        );

    private static string Text(IEnumerable<string> lines) => string.Join("\r\n", lines) + "\r\n";
}
