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
    private readonly JsonOptions options;
    private readonly FieldsDraft message;

    private JsonForm(IntakeDraft draft, Stream body, CancellationToken cancellation)
    {
        (this.draft, this.cancellation) = (draft, cancellation);
        scanner = new JsonScanner(body);
        fields = new JsonFields(scanner, cancellation);
        parts = new JsonParts(scanner, draft.Content);
        options = new JsonOptions(scanner, fields, cancellation);
        message = new FieldsDraft(draft);
    }

    public static Task<Intake> ReadAsync(IntakeDraft draft, Stream body, CancellationToken cancellation) =>
        new JsonForm(draft, body, cancellation).ReadAsync();

    private async Task<Intake> ReadAsync()
    {
        await fields.ObjectAsync(
            Map(
                ("sender", async () => message.SetSender(await fields.HeaderTextAsync(), scanner.Path)),
                (
                    "recipients",
                    () => message.Recipients.ReadAsync(scanner, fields, draft.Limits.MaxRecipients, cancellation)
                ),
                ("subject", async () => message.Subject = await fields.HeaderTextAsync()),
                ("body", ReadBodyAsync),
                ("attachments", ReadAttachmentsAsync),
                ("options", options.ReadAsync)
            )
        );
        await scanner.EndAsync(cancellation);
        return message.Complete(options.Asked, options.Hold, parts.Sample);
    }

    private ValueTask ReadBodyAsync() =>
        fields.ObjectAsync(
            Map(
                ("text", async () => message.Text = await ReadTextAsync()),
                ("html", async () => message.Html = await ReadTextAsync())
            )
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
                message.Attachments.Add(
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
                (
                    "contentType",
                    async () => type = FieldsDraft.CheckedType(await fields.HeaderTextAsync(), scanner.Path)
                ),
                ("contentBytes", ReadContentAsync),
                (
                    "contentId",
                    async () => id = FieldsDraft.CheckedContentId(await fields.HeaderTextAsync(), scanner.Path)
                ),
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

    private static Dictionary<string, Func<ValueTask>> Map(params (string Name, Func<ValueTask> Read)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Read, StringComparer.Ordinal);
}
