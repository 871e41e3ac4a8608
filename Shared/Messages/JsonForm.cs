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
    private readonly JsonAttachments attachments;
    private readonly FieldsDraft message;

    private JsonForm(IntakeDraft draft, Stream body, CancellationToken cancellation)
    {
        (this.draft, this.cancellation) = (draft, cancellation);
        scanner = new JsonScanner(body);
        fields = new JsonFields(scanner, cancellation);
        parts = new JsonParts(scanner, draft.Content);
        options = new JsonOptions(scanner, fields, cancellation);
        attachments = new JsonAttachments(draft, scanner, fields, parts, cancellation);
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
                ("attachments", () => attachments.ReadAsync(message.Attachments)),
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

    private static Dictionary<string, Func<ValueTask>> Map(params (string Name, Func<ValueTask> Read)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Read, StringComparer.Ordinal);
}
