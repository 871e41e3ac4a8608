using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Storage;

/// <summary>
/// Partition keys, row keys and blob names. Pure. None ever holds an address: keys end in logs of the platform, and characters of
/// local parts are not legal in them.
/// </summary>
internal static class Keys
{
    /// <summary>Row key of the message itself in <see cref="TableNames.Messages"/>.</summary>
    public const string Message = "m";

    /// <summary>Row key of a download link in <see cref="TableNames.Links"/>.</summary>
    public const string Link = "l";

    /// <summary>What the row keys of events begin with.</summary>
    public const string EventPrefix = "e:";

    /// <summary>What the row keys of notes begin with: outside every range in which messages, recipients, files and events are read.</summary>
    public const string NotePrefix = "w:";

    /// <summary>Shards of one hour of <see cref="TableNames.Due"/>.</summary>
    public const int DueShards = 16;

    /// <summary>Shards of one caller's month in <see cref="TableNames.Index"/>.</summary>
    public const int IndexShards = 8;

    /// <summary>Row key of recipient <paramref name="n"/>, from 0.</summary>
    public static string Recipient(string attempt, int n) => string.Create(Invariant, $"r:{attempt}:{n:D6}");

    /// <summary>Row key of file <paramref name="n"/>, from 1 to 10,000: the number that download routes use.</summary>
    public static string File(string attempt, int n) => string.Create(Invariant, $"f:{attempt}:{n:D5}");

    /// <summary>Row key of event <paramref name="number"/> of a chain, from 1.</summary>
    public static string Event(string chain, int number) =>
        string.Create(Invariant, $"{EventPrefix}{chain}:{number:D8}");

    /// <summary>Row key of the note that event <paramref name="number"/> of a chain is to be pushed.</summary>
    public static string Note(string chain, int number) => string.Create(Invariant, $"{NotePrefix}{chain}:{number:D8}");

    /// <summary>The first row key after all that begin with <paramref name="prefix"/>.</summary>
    public static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>The hour of an instant as it stands in keys and blob names, UTC.</summary>
    public static string Hour(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", Invariant);

    /// <summary>A stable shard of <paramref name="count"/> for a row key: the same in every process and version.</summary>
    public static int Shard(string key, int count) => SHA256.HashData(Encoding.UTF8.GetBytes(key))[0] % count;

    /// <summary>Partition of the due rows of one kind, hour and shard.</summary>
    public static string Due(string kind, DateTimeOffset at, int shard) =>
        string.Create(Invariant, $"{kind}|{Hour(at)}|{shard:D2}");

    /// <summary>Partition of one message's index rows: all of them in one, so that a batch holds them.</summary>
    public static string IndexPartition(string caller, DateTimeOffset createdAt, string id) =>
        string.Create(Invariant, $"{caller}|{createdAt.UtcDateTime:yyyyMM}|{Shard(id, IndexShards)}");

    /// <summary>What every index row of a message ends with, newest first.</summary>
    public static string IndexPlace(DateTimeOffset createdAt, string id) => $"{Inverted(createdAt)}|{id}";

    /// <summary>Index row of a message by time.</summary>
    public static string IndexByTime(DateTimeOffset createdAt, string id) => $"t|{IndexPlace(createdAt, id)}";

    /// <summary>Index row of a message by the hash of its sender.</summary>
    public static string IndexBySender(string hash, DateTimeOffset createdAt, string id) =>
        $"s|{hash}|{IndexPlace(createdAt, id)}";

    /// <summary>Index row of a message by the hash of one recipient.</summary>
    public static string IndexByRecipient(string hash, DateTimeOffset createdAt, string id) =>
        $"r|{hash}|{IndexPlace(createdAt, id)}";

    /// <summary>Blob of the message as it came in, in <see cref="ContainerNames.Messages"/>.</summary>
    public static string MessageBlob(DateTimeOffset createdAt, string id, string attempt) =>
        $"{Hour(createdAt)}/{id}/{attempt}.eml";

    /// <summary>Blob of one file that was taken out, in <see cref="ContainerNames.Files"/>. Another name under this prefix must be known to the purge, see its <c>EndingBlobs</c>.</summary>
    public static string FileBlob(DateTimeOffset createdAt, string id, int n) =>
        string.Create(Invariant, $"{Hour(createdAt)}/{id}/{n}");

    /// <summary>Blob of upload <paramref name="n"/> of an attempt, from 0, in <see cref="ContainerNames.Files"/>: goes with the files of the message.</summary>
    public static string UploadedBlob(DateTimeOffset createdAt, string id, string attempt, int n) =>
        string.Create(Invariant, $"{Hour(createdAt)}/{id}/u-{attempt}-{n}");

    /// <summary>Blob of an upload session, in <see cref="ContainerNames.Uploads"/>.</summary>
    public static string UploadBlob(string caller, string id) => $"{caller}/{id}";

    /// <summary>Blob of the message without its files, in <see cref="ContainerNames.Files"/>.</summary>
    public static string BodyBlob(DateTimeOffset createdAt, string id) => $"{Hour(createdAt)}/{id}/body";

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static string Inverted(DateTimeOffset at) =>
        (DateTime.MaxValue.Ticks - at.UtcTicks).ToString("D19", Invariant);
}
