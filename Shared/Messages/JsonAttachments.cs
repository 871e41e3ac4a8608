using TlsOrLink.Messages.Json;

namespace TlsOrLink.Messages;

/// <summary>Reads the list of attachments: files as base64, or references to uploads.</summary>
/// <param name="draft">The message.</param>
/// <param name="scanner">Stands before the list.</param>
/// <param name="fields">Over the scanner.</param>
/// <param name="parts">Stages base64; null where only references are taken.</param>
/// <param name="cancellation">The caller went away.</param>
internal sealed class JsonAttachments(
    IntakeDraft draft,
    JsonScanner scanner,
    JsonFields fields,
    JsonParts? parts,
    CancellationToken cancellation
)
{
    /// <summary>Adds what the list names.</summary>
    /// <exception cref="IntakeRefusal">It is no such list.</exception>
    public async ValueTask ReadAsync(IList<JsonPart> attachments)
    {
        await fields.ExpectAsync(JsonKind.Array, "a list of attachments");
        await scanner.ArrayAsync(
            async _ =>
                attachments.Add(
                    attachments.Count < draft.Limits.MaxAttachments
                        ? await ReadAttachmentAsync()
                        : throw scanner.Fault($"There are more than {draft.Limits.MaxAttachments} attachments.")
                ),
            cancellation
        );
    }

    private async ValueTask<JsonPart> ReadAttachmentAsync()
    {
        await fields.ExpectAsync(JsonKind.Object, "an attachment { name, contentType, contentBytes or uploadId }");
        JsonPart? content = null;
        var (name, type, id, inline, upload) = ("", "", "", false, (string?)null);
        await fields.ObjectAsync(
            new Dictionary<string, Func<ValueTask>>(StringComparer.Ordinal)
            {
                ["name"] = async () => name = await fields.HeaderTextAsync(),
                ["contentType"] = async () =>
                    type = FieldsDraft.CheckedType(await fields.HeaderTextAsync(), scanner.Path),
                ["contentBytes"] = ReadContentAsync,
                ["uploadId"] = async () => upload = await fields.HeaderTextAsync(),
                ["contentId"] = async () =>
                    id = FieldsDraft.CheckedContentId(await fields.HeaderTextAsync(), scanner.Path),
                ["isInline"] = async () => inline = await fields.BooleanAsync(),
                // Outlook's connector hands these on; they say nothing that is not known.
                ["id"] = async () => await fields.HeaderTextAsync(),
                ["size"] = async () => await scanner.NumberAsync(cancellation),
                ["lastModifiedDateTime"] = async () => await fields.HeaderTextAsync(),
                ["@odata.type"] = async () => await fields.HeaderTextAsync(),
            },
            StringComparer.OrdinalIgnoreCase
        );
        return await PartAsync(content, upload, inline) with
        {
            Name = name,
            ContentType = type,
            ContentId = id,
            IsInline = inline,
        };

        async ValueTask ReadContentAsync()
        {
            await fields.ExpectAsync(JsonKind.Text, "base64");
            content = parts is null
                ? throw scanner.Fault("Send the bytes as a file part, or name an uploadId.")
                : await parts.Base64Async(cancellation);
        }
    }

    private async Task<JsonPart> PartAsync(JsonPart? content, string? upload, bool inline) =>
        (content, upload) switch
        {
            (null, null) => throw IntakeRefusal.At(
                $"{scanner.Path}.contentBytes",
                "Is missing. Give the file as base64, or name its upload in uploadId."
            ),
            ({ } given, null) => given,
            (null, { }) when inline => throw IntakeRefusal.At(
                $"{scanner.Path}.isInline",
                "An image of the HTML cannot be an upload. Send it in contentBytes."
            ),
            (null, { } id) => await draft.ReferAsync(id, $"{scanner.Path}.uploadId", cancellation),
            _ => throw IntakeRefusal.At($"{scanner.Path}.uploadId", "Give contentBytes or uploadId, not both."),
        };
}
