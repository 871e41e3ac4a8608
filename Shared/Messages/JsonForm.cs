using System.Security.Cryptography;
using System.Text;
using MimeKit;
using TlsOrLink.Messages.Json;

namespace TlsOrLink.Messages;

/// <summary>The form <c>application/json</c>: fields in any order, files decoded while they arrive.</summary>
internal sealed class JsonForm
{
    private readonly IntakeDraft draft;
    private readonly CancellationToken cancellation;
    private readonly JsonScanner scanner;
    private readonly JsonFields fields;
    private readonly JsonParts parts;
    private readonly JsonRecipients recipients = new();
    private readonly List<JsonPart> attachments = [];
    private MailboxAddress? sender;
    private string subject = "";
    private JsonPart? text;
    private JsonPart? html;
    private readonly JsonOptions options;

    private JsonForm(IntakeDraft draft, Stream body, CancellationToken cancellation)
    {
        (this.draft, this.cancellation) = (draft, cancellation);
        scanner = new JsonScanner(body);
        fields = new JsonFields(scanner, cancellation);
        parts = new JsonParts(scanner, draft.Content);
        options = new JsonOptions(scanner, fields, cancellation);
    }

    public static Task<Intake> ReadAsync(IntakeDraft draft, Stream body, CancellationToken cancellation) =>
        new JsonForm(draft, body, cancellation).ReadAsync();

    private async Task<Intake> ReadAsync()
    {
        await fields.ObjectAsync(
            Map(
                ("sender", async () => sender = ReadSender(await fields.HeaderTextAsync())),
                ("recipients", () => recipients.ReadAsync(scanner, fields, draft.Limits.MaxRecipients, cancellation)),
                ("subject", async () => subject = await fields.HeaderTextAsync()),
                ("body", ReadBodyAsync),
                ("attachments", ReadAttachmentsAsync),
                ("options", options.ReadAsync)
            )
        );
        await scanner.EndAsync(cancellation);
        var from = sender ?? throw IntakeRefusal.At("sender", "Is missing. Name the address to send as.");
        var numbered = Envelope.Number(
            new[] { recipients.To, recipients.Cc, recipients.Bcc }
                .SelectMany(list => list)
                .Select(mailbox => Envelope.Address(mailbox, "recipients")),
            "recipients",
            draft.Limits.MaxRecipients
        );
        var message = new JsonMessage(from, recipients, subject, draft.CreatedAt, text, html, attachments);
        draft.Content.Arrange(message.Sections(draft.Content));
        return draft.Complete(
            Envelope.Address(from, "sender"),
            numbered,
            options.Asked,
            LanguageGuess.Of(subject + parts.Sample),
            Hash(from)
        ) with
        {
            HoldAsked = options.Hold,
        };
    }

    private MailboxAddress ReadSender(string value)
    {
        var mailbox = Envelope.Mailbox(value, scanner.Path);
        draft.MustBeAllowed(Envelope.Address(mailbox, scanner.Path));
        return mailbox;
    }

    private ValueTask ReadBodyAsync() =>
        fields.ObjectAsync(
            Map(("text", async () => text = await ReadTextAsync()), ("html", async () => html = await ReadTextAsync()))
        );

    private async ValueTask<JsonPart> ReadTextAsync()
    {
        await fields.ExpectAsync(JsonKind.Text, "text");
        return await parts.TextAsync(cancellation);
    }

    private async ValueTask ReadAttachmentsAsync()
    {
        await fields.ExpectAsync(JsonKind.Array, "a list of attachments");
        await scanner.ArrayAsync(
            async number =>
                attachments.Add(
                    number < draft.Limits.MaxAttachments
                        ? await ReadAttachmentAsync()
                        : throw scanner.Fault($"There are more than {draft.Limits.MaxAttachments} attachments.")
                ),
            cancellation
        );
    }

    private async ValueTask<JsonPart> ReadAttachmentAsync()
    {
        await fields.ExpectAsync(JsonKind.Object, "an attachment { name, contentType, contentBytes }");
        JsonPart? content = null;
        var (name, type, id, inline) = ("", "", "", false);
        await fields.ObjectAsync(
            Map(
                ("name", async () => name = await fields.HeaderTextAsync()),
                ("contentType", async () => type = ReadType(await fields.HeaderTextAsync())),
                ("contentBytes", ReadContentAsync),
                ("contentId", async () => id = ReadContentId(await fields.HeaderTextAsync())),
                ("isInline", async () => inline = await fields.BooleanAsync()),
                // Outlook's connector hands these on; they say nothing that is not known.
                ("id", async () => await fields.HeaderTextAsync()),
                ("size", async () => await scanner.NumberAsync(cancellation)),
                ("lastModifiedDateTime", async () => await fields.HeaderTextAsync()),
                ("@odata.type", async () => await fields.HeaderTextAsync())
            ),
            StringComparer.OrdinalIgnoreCase
        );
        return content is null
            ? throw IntakeRefusal.At($"{scanner.Path}.contentBytes", "Is missing. Give the file as base64.")
            : content with
            {
                Name = name,
                ContentType = type,
                ContentId = id,
                IsInline = inline,
            };

        async ValueTask ReadContentAsync()
        {
            await fields.ExpectAsync(JsonKind.Text, "base64");
            content = await parts.Base64Async(cancellation);
        }
    }

    private string ReadType(string value) =>
        value.Length == 0 || ContentType.TryParse(value, out _)
            ? value
            : throw scanner.Fault("Not a MIME type. Write type/subtype, or leave it out.");

    private string ReadContentId(string value)
    {
        var id = value.Trim().TrimStart('<').TrimEnd('>');
        return id.All(c => c is > ' ' and <= '~' and not ('<' or '>'))
            ? id
            : throw scanner.Fault("Must be visible ASCII without angle brackets.");
    }

    /// <summary>Of what was decoded, in an order of its own: how the JSON was written does not matter.</summary>
    private string Hash(MailboxAddress from)
    {
        List<string> all = ["json", $"{from}", subject, text?.Sha256 ?? "", html?.Sha256 ?? "", $"{options.Asked}"];
        if (options.Hold is { Canonical: { Length: > 0 } hold })
        {
            all.Add(hold);
        }

        foreach (var list in new[] { recipients.To, recipients.Cc, recipients.Bcc })
        {
            all.Add($"{list.Count}");
            all.AddRange(list.Select(mailbox => $"{mailbox}"));
        }

        all.AddRange(
            attachments.SelectMany(part =>
                new[] { part.Name, part.ContentType, part.ContentId, $"{part.IsInline}", part.Sha256 }
            )
        );
        var canonical = string.Concat(all.Select(item => $"{item.Length}:{item}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static Dictionary<string, Func<ValueTask>> Map(params (string Name, Func<ValueTask> Read)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Read, StringComparer.Ordinal);
}
