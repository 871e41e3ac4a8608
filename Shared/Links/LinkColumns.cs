using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>A <see cref="LinkRow"/> as columns and back. Pure.</summary>
internal static class LinkColumns
{
    /// <summary>A column holds 32,768 UTF-16 characters; many files with long names take several columns.</summary>
    private const int ColumnCharacters = 32_000;

    private const string LockKind = "LockKind";
    private const string LockHash = "LockHash";

    /// <summary>Escaping Japanese names would take six characters for one; a column is not a web page.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TableEntity Write(LinkRow row)
    {
        var entity = new TableEntity(row.LinkId, Keys.Link)
        {
            [nameof(LinkRow.MessageId)] = row.MessageId,
            [nameof(LinkRow.Attempt)] = row.Attempt,
            [nameof(LinkRow.N)] = row.N,
            [nameof(LinkRow.CreatedAt)] = row.CreatedAt,
            [nameof(LinkRow.ExpiresAt)] = row.ExpiresAt,
            [nameof(LinkRow.RevokedAt)] = row.RevokedAt,
            [nameof(LinkRow.MaxDownloads)] = row.MaxDownloads,
            [nameof(LinkRow.Downloads)] = row.Downloads,
            [nameof(LinkRow.LastPressAt)] = row.LastPressAt,
            [nameof(LinkRow.Sender)] = row.Sender,
            [nameof(LinkRow.SenderName)] = row.SenderName,
            [nameof(LinkRow.Language)] = row.Language.Tag(),
            [nameof(LinkRow.IsTombstone)] = row.IsTombstone,
            [nameof(LinkRow.IsDirect)] = row.IsDirect,
            [nameof(LinkRow.IsSameHost)] = row.IsSameHost,
            [nameof(LinkRow.RecipientHash)] = row.RecipientHash,
            [nameof(LinkRow.Reason)] = row.Reason,
            [LockKind] = row.Lock.Kind.ToString().ToLowerInvariant(),
            [LockHash] = row.Lock.Hash,
            [nameof(LinkRow.WrongCodes)] = row.WrongCodes,
            [nameof(LinkRow.LastWrongCode)] = row.LastWrongCode,
            [nameof(LinkRow.CodeSeed)] = row.CodeSeed,
            [nameof(LinkRow.CodeUntil)] = row.CodeUntil,
            [nameof(LinkRow.CodeMailedAt)] = row.CodeMailedAt,
            [nameof(LinkRow.CodesMailed)] = row.CodesMailed,
            [nameof(LinkRow.RenewalAskedAt)] = row.RenewalAskedAt,
            [nameof(LinkRow.NotifyOnDownload)] = row.NotifyOnDownload,
            [nameof(LinkRow.RemindAt)] = row.RemindAt,
            [nameof(LinkRow.Seed)] = row.Seed,
        };
        var files = JsonSerializer.Serialize(row.Files, Json).Chunk(ColumnCharacters).Select(part => new string(part));
        foreach (var (n, part) in files.Index())
        {
            entity[FilesColumn(n)] = part;
        }

        return entity;
    }

    public static LinkRow Read(TableEntity entity) =>
        new(
            entity.PartitionKey,
            Text(entity, nameof(LinkRow.MessageId)),
            Text(entity, nameof(LinkRow.Attempt)),
            entity.GetInt32(nameof(LinkRow.N)) ?? 0,
            entity.GetDateTimeOffset(nameof(LinkRow.CreatedAt)) ?? DateTimeOffset.MinValue,
            entity.GetDateTimeOffset(nameof(LinkRow.ExpiresAt)) ?? DateTimeOffset.MinValue
        )
        {
            RevokedAt = entity.GetDateTimeOffset(nameof(LinkRow.RevokedAt)),
            MaxDownloads = entity.GetInt32(nameof(LinkRow.MaxDownloads)),
            Downloads = entity.GetInt32(nameof(LinkRow.Downloads)) ?? 0,
            LastPressAt = entity.GetDateTimeOffset(nameof(LinkRow.LastPressAt)),
            Sender = Text(entity, nameof(LinkRow.Sender)),
            SenderName = Text(entity, nameof(LinkRow.SenderName)),
            Language = Languages.Parse(Text(entity, nameof(LinkRow.Language))) ?? MailLanguage.Ja,
            IsTombstone = entity.GetBoolean(nameof(LinkRow.IsTombstone)) ?? false,
            IsDirect = entity.GetBoolean(nameof(LinkRow.IsDirect)) ?? false,
            IsSameHost = entity.GetBoolean(nameof(LinkRow.IsSameHost)) ?? false,
            RecipientHash = Text(entity, nameof(LinkRow.RecipientHash)),
            Reason = Text(entity, nameof(LinkRow.Reason)),
            Lock = Lock(entity),
            WrongCodes = entity.GetInt32(nameof(LinkRow.WrongCodes)) ?? 0,
            LastWrongCode = Text(entity, nameof(LinkRow.LastWrongCode)),
            CodeSeed = Text(entity, nameof(LinkRow.CodeSeed)),
            CodeUntil = entity.GetDateTimeOffset(nameof(LinkRow.CodeUntil)),
            CodeMailedAt = entity.GetDateTimeOffset(nameof(LinkRow.CodeMailedAt)),
            CodesMailed = entity.GetInt32(nameof(LinkRow.CodesMailed)) ?? 0,
            RenewalAskedAt = entity.GetDateTimeOffset(nameof(LinkRow.RenewalAskedAt)),
            NotifyOnDownload = entity.GetBoolean(nameof(LinkRow.NotifyOnDownload)) ?? false,
            RemindAt = entity.GetDateTimeOffset(nameof(LinkRow.RemindAt)),
            Seed = Text(entity, nameof(LinkRow.Seed)),
            Files = Files(entity),
            ETag = entity.ETag,
        };

    /// <summary>A kind that this version does not know must not open the link: it asks for a code that nobody has.</summary>
    private static LinkLock Lock(TableEntity entity) =>
        entity.GetString(LockKind) is not { } word ? LinkLock.Open
        : Enum.TryParse<AccessCodeKind>(word, ignoreCase: true, out var kind)
            ? new LinkLock(kind, Text(entity, LockHash))
        : new LinkLock(AccessCodeKind.Given, "");

    private static List<LinkFile> Files(TableEntity entity)
    {
        var json = string.Concat(
            Enumerable
                .Range(0, int.MaxValue)
                .Select(n => entity.GetString(FilesColumn(n)))
                .TakeWhile(part => part is not null)
        );
        return json.Length == 0 ? [] : JsonSerializer.Deserialize<List<LinkFile>>(json, Json) ?? [];
    }

    private static string FilesColumn(int n) => n == 0 ? nameof(LinkRow.Files) : $"{nameof(LinkRow.Files)}{n}";

    private static string Text(TableEntity entity, string column) => entity.GetString(column) ?? "";
}
