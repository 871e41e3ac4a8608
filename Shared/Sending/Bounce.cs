using System.Text;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Sending;

/// <summary>What a bounce is about.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">Its envelope sender.</param>
/// <param name="Failed">The recipients to tell of, at least one.</param>
/// <param name="Mta">Our name in EHLO.</param>
/// <param name="Header">The message's header; null where its content is gone.</param>
internal sealed record BounceFacts(
    MessageRow Message,
    MailAddress Sender,
    IReadOnlyList<RecipientRow> Failed,
    string Mta,
    OriginalHeader? Header
);

/// <summary>Writes a bounce: text for a person, status for machines, the header of the message and nothing of its content. Pure.</summary>
internal static class Bounce
{
    /// <summary>The mail.</summary>
    public static OwnMail Write(BounceFacts facts)
    {
        var words = BounceWords.In(facts.Message.Language);
        List<OwnMailPart> parts =
        [
            new("message/delivery-status", DeliveryStatus.Write(facts.Message.CreatedAt, facts.Mta, facts.Failed)),
        ];
        if (facts.Header is { } header)
        {
            parts.Add(new OwnMailPart("text/rfc822-headers", header.Bytes));
        }

        return new OwnMail(facts.Sender, facts.Message.Language, Subject(words, facts.Header), Text(words, facts))
        {
            IsReply = true,
            About = facts.Header?.MessageId,
            ReportType = "delivery-status",
            Parts = parts,
        };
    }

    private static string Subject(BounceWords words, OriginalHeader? header) =>
        header is { Subject.Length: > 0 } ? $"{words.Subject}: {header.Subject}" : words.Subject;

    private static string Text(BounceWords words, BounceFacts facts)
    {
        var text = new StringBuilder();
        foreach (var (heading, rows) in Groups(words, facts.Failed))
        {
            text.Append(heading).Append("\n\n");
            foreach (var row in rows)
            {
                text.Append("  ").Append(row.Address).Append('\n').Append("    ").Append(words.Why(row)).Append('\n');
                if (row.LastReply is { Length: > 0 } reply)
                {
                    text.Append("    ").Append(words.ServerSaid).Append(' ').Append(row.LastReplyCode).Append(' ');
                    text.Append(reply).Append('\n');
                }
            }

            text.Append('\n');
        }

        return text.Append(words.Automatic)
            .Append('\n')
            .Append(words.Id)
            .Append(' ')
            .Append(facts.Message.Id)
            .ToString();
    }

    private static IEnumerable<(string Heading, RecipientRow[] Rows)> Groups(
        BounceWords words,
        IReadOnlyList<RecipientRow> failed
    ) =>
        failed
            .GroupBy(row => row.State == RecipientState.Unconfirmed)
            .OrderBy(group => group.Key)
            .Select(group => (group.Key ? words.Doubtful : words.Failed, group.ToArray()));
}
