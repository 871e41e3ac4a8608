using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MimeKit;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Inbound;

/// <summary>
/// The form of SendGrid Inbound Parse while it arrives: short fields in memory, a raw mail (<c>email</c>), or texts and files of a parsed one, staged.
/// </summary>
internal sealed class InboundForm(StagedContent content, IntakeOptions limits, CancellationToken cancellation)
{
    private const int MaxFields = 60;
    private const int MaxField = 1 << 16;
    private const int MaxStatuses = 10;
    private readonly Dictionary<string, byte[]> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Part, JsonPart File)> files = [];
    private readonly List<byte[]> statuses = [];

    /// <summary>SHA-256 of the raw mail; null where the mail came parsed.</summary>
    public string? RawHash { get; private set; }

    /// <summary>Null where there is none.</summary>
    public JsonPart? Text { get; private set; }

    /// <summary>Null where there is none.</summary>
    public JsonPart? Html { get; private set; }

    /// <summary>Machine parts of a parsed report.</summary>
    public IReadOnlyList<byte[]> Statuses => statuses;

    /// <summary>The raw header section of a parsed mail.</summary>
    public ReadOnlyMemory<byte> Headers => fields.GetValueOrDefault("headers");

    /// <summary>A short field, decoded from the charset that the form says; empty where there is none.</summary>
    public string Field(string name) =>
        fields.TryGetValue(name, out var bytes) ? CharsetOf(name).GetString(bytes).Trim() : "";

    /// <summary>Takes one part.</summary>
    /// <exception cref="IntakeRefusal">It is too large, or there are too many.</exception>
    public async Task ReadAsync(FormPart part)
    {
        if (part.FileName is null && string.Equals(part.Name, "email", StringComparison.OrdinalIgnoreCase))
        {
            RawHash = RawHash is null ? await StageRawAsync(part) : throw Twice(part);
        }
        else if (part is { FileName: null, Name: "text" })
        {
            Text = await StageAsync(part);
        }
        else if (part is { FileName: null, Name: "html" })
        {
            Html = await StageAsync(part);
        }
        else if (part.FileName is not null || IsStatus(part))
        {
            await ReadFileAsync(part);
        }
        else
        {
            await ReadFieldAsync(part);
        }
    }

    /// <summary>The files of a parsed mail, with the Content-IDs that the form gives them.</summary>
    public IReadOnlyList<JsonPart> Files()
    {
        var ids = Json("content-ids")
            .Where(pair => pair.Value.ValueKind == JsonValueKind.String)
            .GroupBy(pair => pair.Value.GetString()!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
        return
        [
            .. files.Select(file =>
                ids.TryGetValue(file.Part, out var id) && IsContentId(id.Trim('<', '>'))
                    ? file.File with
                    {
                        ContentId = id.Trim('<', '>'),
                        IsInline = true,
                    }
                    : file.File
            ),
        ];
    }

    /// <summary>The members of a field that is a JSON object; empty where it is none.</summary>
    public IReadOnlyList<JsonProperty> Json(string name)
    {
        try
        {
            return
                fields.TryGetValue(name, out var bytes)
                && JsonSerializer.Deserialize<JsonElement>(bytes) is { ValueKind: JsonValueKind.Object } json
                && IsText(json)
                ? [.. json.EnumerateObject()]
                : [];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // the latter: half a surrogate pair
        {
            return [];
        }
    }

    /// <summary>All its names and texts can be read.</summary>
    private static bool IsText(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => json.GetString() is not null,
            JsonValueKind.Array => json.EnumerateArray().All(IsText),
            JsonValueKind.Object => json.EnumerateObject().All(pair => pair.Name is not null && IsText(pair.Value)),
            _ => true,
        };

    /// <summary>The charset that the form says of one of its fields; UTF-8 where it says none that is known.</summary>
    public Encoding CharsetOf(string name) =>
        !string.Equals(name, "charsets", StringComparison.Ordinal)
        && Json("charsets").FirstOrDefault(pair => pair.NameEquals(name))
            is { Value.ValueKind: JsonValueKind.String } found
        && Charset.TryFind(found.Value.GetString()!, out var charset)
            ? charset
            : Encoding.UTF8;

    private async Task ReadFieldAsync(FormPart part)
    {
        var most = part.Name is "headers" ? limits.MaxHeaderBytes : MaxField;
        var bytes = await FormTexts.BytesAsync(part, most, cancellation);
        if (fields.Count >= MaxFields || !fields.TryAdd(part.Name, bytes))
        {
            throw Twice(part);
        }
    }

    private async Task ReadFileAsync(FormPart part)
    {
        if (files.Count >= limits.MaxAttachments)
        {
            throw IntakeRefusal.At("attachments", $"There are more than {limits.MaxAttachments} files.");
        }

        var name = string.Concat((part.FileName ?? part.Name).Where(c => !Envelope.HasControl($"{c}")));
        var isStatus = IsStatus(part);
        // The type of a status must not be encoded (RFC 3464): as a file of a mail it is the text that it is.
        var type =
            isStatus ? "text/plain; charset=utf-8"
            : ContentType.TryParse(part.ContentType ?? "", out _) ? part.ContentType!
            : "";
        var status = isStatus && statuses.Count < MaxStatuses ? new MemoryStream() : null;
        files.Add((part.Name, await StageAsync(part, status) with { Name = name, ContentType = type }));
        statuses.AddRange(status is null ? [] : [status.ToArray()]);
    }

    /// <summary>The machine part of a report, by its own type or by what the form says of its files: it may be a file of somebody's mail as well.</summary>
    private bool IsStatus(FormPart part) =>
        ReportReader.IsStatus(part.ContentType ?? "")
        || Json("attachment-info")
            .Any(info =>
                info.NameEquals(part.Name)
                && info.Value.ValueKind == JsonValueKind.Object
                && info.Value.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String
                && ReportReader.IsStatus(type.GetString()!)
            );

    /// <summary>Stages a part; its begin is kept too where a status is asked for.</summary>
    private async Task<JsonPart> StageAsync(FormPart part, MemoryStream? status = null)
    {
        using var staging = new PartStaging(content);
        var buffer = new byte[1 << 16];
        while (await part.Content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            status?.Write(buffer, 0, (int)Math.Min(read, MaxField - status.Length));
            await staging.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return await staging.EndAsync(cancellation);
    }

    private async Task<string> StageRawAsync(FormPart part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var section = content.Append();
        var buffer = new byte[1 << 16];
        while (await part.Content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await section.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsContentId(string id) =>
        id.Length > 0 && id.All(c => c is > ' ' and <= '~' and not ('<' or '>'));

    private static IntakeRefusal Twice(FormPart part) =>
        IntakeRefusal.At(FormTexts.PathOf(part), "Given twice, or one of too many fields.");
}
