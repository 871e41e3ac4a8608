using MimeKit;
using TlsOrLink.Messages.Json;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages;

/// <summary>
/// The form <c>multipart/form-data</c> (RFC 7578): the fields of the JSON form as parts in any order, files as file parts that are
/// staged while they arrive.
/// </summary>
internal sealed class MultipartForm(IntakeDraft draft, CancellationToken cancellation)
{
    private const int MaxRecipientBytes = 400;
    private const string Known = "sender, recipients, to, cc, bcc, subject, text, html, options, attachments";
    private readonly FieldsDraft message = new(draft);
    private readonly TextSample sample = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private JsonOptions? options;

    public static async Task<Intake> ReadAsync(IntakeDraft draft, Stream body, CancellationToken cancellation)
    {
        var reading = draft.Request.Form ?? throw new InvalidOperationException("Nothing takes the form apart.");
        var form = new MultipartForm(draft, cancellation);
        try
        {
            await foreach (var part in reading(FormTexts.Boundary(draft.Request.ContentType), body, cancellation))
            {
                await form.ReadPartAsync(part);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw IntakeRefusal.At(
                "$",
                "Not a whole multipart/form-data body (RFC 7578): a part or the end is missing."
            );
        }

        return form.message.Complete(
            form.options?.Asked ?? new IntakeOptionsAsked(),
            form.options?.Hold,
            form.sample.Text
        );
    }

    private async Task ReadPartAsync(FormPart part)
    {
        if (IsList(part))
        {
            await ReadUploadsAsync(part);
            return;
        }

        if (part.FileName is not null || part.Name is "attachments")
        {
            message.Attachments.Add(await ReadFileAsync(part));
            return;
        }

        var list = part.Name is "recipients" or "to" or "cc" or "bcc";
        if (!list && !seen.Add(part.Name))
        {
            throw IntakeRefusal.At(FormTexts.PathOf(part), "Given twice.");
        }

        switch (part.Name)
        {
            case "sender":
                message.SetSender(await FormTexts.HeaderAsync(part, cancellation), part.Name);
                break;
            case "subject":
                message.Subject = await FormTexts.HeaderAsync(part, cancellation);
                break;
            case "text":
                message.Text = await TextAsync(part);
                break;
            case "html":
                message.Html = await TextAsync(part);
                break;
            case "options":
                await ReadOptionsAsync(part);
                break;
            case "recipients" or "to":
                await ReadRecipientsAsync(part, message.Recipients.To);
                break;
            case "cc":
                await ReadRecipientsAsync(part, message.Recipients.Cc);
                break;
            case "bcc":
                await ReadRecipientsAsync(part, message.Recipients.Bcc);
                break;
            default:
                throw IntakeRefusal.At(
                    FormTexts.PathOf(part),
                    $"Not known here. Known: {Known}; a file part has a filename."
                );
        }
    }

    private async Task<JsonPart> ReadFileAsync(FormPart part)
    {
        var path = $"attachments[{message.Attachments.Count}]";
        if (message.Attachments.Count >= draft.Limits.MaxAttachments)
        {
            throw IntakeRefusal.At(path, $"There are more than {draft.Limits.MaxAttachments} attachments.");
        }

        var name = FormTexts.FileName(part, $"{path}.name");
        var id = FieldsDraft.CheckedContentId(part.ContentId ?? "", $"{path}.contentId");
        return await StageAsync(part, piece => piece) with
        {
            Name = name,
            ContentType = FieldsDraft.CheckedType(part.ContentType ?? "", $"{path}.contentType"),
            ContentId = id,
            IsInline = id.Length > 0,
        };
    }

    /// <summary>JSON without a filename: references to uploads; there may be several such parts.</summary>
    private static bool IsList(FormPart part) =>
        part is { Name: "attachments", FileName: null }
        && (
            part.ContentType is null
            || part.ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
        );

    private async Task ReadUploadsAsync(FormPart part)
    {
        var scanner = new JsonScanner(part.Content, root: part.Name);
        var fields = new JsonFields(scanner, cancellation);
        await new JsonAttachments(draft, scanner, fields, parts: null, cancellation).ReadAsync(message.Attachments);
        await scanner.EndAsync(cancellation);
    }

    private async Task ReadOptionsAsync(FormPart part)
    {
        var scanner = new JsonScanner(part.Content, root: part.Name);
        options = new JsonOptions(scanner, new JsonFields(scanner, cancellation), cancellation);
        await options.ReadAsync();
        await scanner.EndAsync(cancellation);
    }

    /// <summary>A text with separators, or what the JSON form takes; several parts of one name add up.</summary>
    private async Task ReadRecipientsAsync(FormPart part, List<MailboxAddress> list)
    {
        var max = draft.Limits.MaxRecipients;
        var bytes = await FormTexts.BytesAsync(
            part,
            (int)Math.Min(int.MaxValue, (long)max * MaxRecipientBytes),
            cancellation
        );
        var text = FormTexts.Decoded(part, bytes);
        if (text.TrimStart() is ['[' or '{', ..])
        {
            var scanner = new JsonScanner(new MemoryStream(bytes), root: part.Name);
            await message.Recipients.ReadAsync(scanner, new JsonFields(scanner, cancellation), max, cancellation);
            await scanner.EndAsync(cancellation);
            return;
        }

        foreach (var item in Envelope.Split(text))
        {
            if (message.Recipients.Count == max)
            {
                throw IntakeRefusal.At(part.Name, $"There are more than {max} recipients. Send several messages.");
            }

            list.Add(Envelope.Mailbox(item, $"{part.Name}[{list.Count}]"));
        }
    }

    private async Task<JsonPart> TextAsync(FormPart part)
    {
        var (lines, check) = (new CrLf(), new Utf8Check());
        var text = await StageAsync(
            part,
            piece => check.Add(piece.Span) ? lines.Next(sample.Add(piece).Span) : throw NotUtf8(part)
        );
        return check.IsWhole ? text : throw NotUtf8(part);
    }

    private async Task<JsonPart> StageAsync(FormPart part, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> convert)
    {
        using var staging = new PartStaging(draft.Content);
        var buffer = new byte[1 << 16];
        while (await part.Content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            await staging.WriteAsync(convert(buffer.AsMemory(0, read)), cancellation);
        }

        return await staging.EndAsync(cancellation);
    }

    private static IntakeRefusal NotUtf8(FormPart part) => IntakeRefusal.At(part.Name, "Not UTF-8.");
}
