using Azure.Data.Tables;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;

namespace TlsOrLink.Inbound;

/// <summary>Kind of the mail to an author whose mail was not taken: a durable slug.</summary>
public static class RefusalKind
{
    /// <summary>In orders.</summary>
    public const string Slug = "inbound-refusal";
}

/// <summary>
/// Keeps for two days what an author is to be told of a mail that was refused, and writes that mail. Only authors whose signature was good are told: nobody else
/// gets mail by what a stranger wrote in a From field.
/// </summary>
internal sealed class Refusals(TableServiceClient tables, DueTable due, TimeProvider clock) : IOwnMailSource
{
    private const string Author = "Sender";
    private const string Subject = "Subject";
    private const string About = "About";
    private const string Detail = "Detail";
    private const int MaxSubject = 200;

    /// <summary>Longer than a mail of ours is tried.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);

    private readonly TableClient table = tables.GetTableClient(TableNames.Uploads);

    /// <inheritdoc/>
    public string Kind => RefusalKind.Slug;

    /// <summary>Keeps a refusal.</summary>
    /// <returns>Its id; the same for the same mail.</returns>
    public async Task<string> KeepAsync(
        string key,
        MailAddress author,
        RawHeader header,
        InboundAnswer answer,
        CancellationToken cancellation
    )
    {
        var id = InboundLetters.Hash(System.Text.Encoding.UTF8.GetBytes(key))[..32];
        await due.InsertAsync(new Due(DueKinds.Upload, clock.GetUtcNow() + Life, id, Scratches.Owner), cancellation);
        var subject = header.Subject;
        await table.UpsertEntityAsync(
            new TableEntity(Scratches.Owner, id)
            {
                [Author] = author.ToString(),
                [Subject] = subject.Length > MaxSubject ? subject[..MaxSubject] : subject,
                [About] = header.Value(MimeKit.HeaderId.MessageId) is { } about && IsMessageId(about) ? about : null,
                [Detail] = answer.Detail,
            },
            TableUpdateMode.Replace,
            cancellation
        );
        return id;
    }

    /// <inheritdoc/>
    public async Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            Scratches.Owner,
            order.MessageId,
            cancellationToken: cancellation
        );
        if (!found.HasValue || !MailAddress.TryParse(found.Value!.GetString(Author), out var author))
        {
            return null;
        }

        var subject = OneLine(found.Value.GetString(Subject) ?? "");
        var language = LanguageGuess.Of(subject);
        var (title, text) = language == MailLanguage.Ja ? Japanese : English;
        return new OwnMail(
            author,
            language,
            $"{title}: {subject}",
            $"{text}\n\n{OneLine(found.Value.GetString(Detail) ?? "")}\n"
        )
        {
            IsReply = true,
            About = found.Value.GetString(About),
        };
    }

    private static (string, string) Japanese =>
        (
            "メールは送信されませんでした",
            "次の理由により、メールはどなたにも送信されませんでした。内容を直して、もう一度お送りください。"
        );

    private static (string, string) English =>
        ("Your mail was not sent", "Your mail was sent to nobody, for the reason below. Change it and send it again.");

    /// <summary>It goes into header fields of a mail of ours.</summary>
    private static bool IsMessageId(string text) =>
        text is ['<', .., '>'] and { Length: <= MaxSubject } && text.All(c => c is > ' ' and <= '~');

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
