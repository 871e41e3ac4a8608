using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes what is over of the blobs of one message.</summary>
internal sealed class EndingBlobs(BlobSweep blobs)
{
    /// <returns>Blobs removed.</returns>
    public async Task<int> RemoveAsync(Ending ending, DateTimeOffset now, CancellationToken cancellation)
    {
        var over = ending.Over(now);
        if (ending.Message is not { } message)
        {
            var names = over.SelectMany(link => link.Files).Select(file => file.Blob).Distinct(StringComparer.Ordinal);
            return await blobs.RemoveFilesAsync(names, cancellation);
        }

        // Copies of a link's own are nobody else's, also while other links of the message live.
        var removed = await blobs.RemoveFilesAsync(
            over.Where(link => link.IsDirect).SelectMany(link => link.Files).Select(file => file.Blob),
            cancellation
        );
        if (ending.Contents.Count > 0 && message.IsFinished)
        {
            removed += message.HasIdempotencyKey
                ? await blobs.RemoveContentAsync(message.CreatedAt, message.Id, cancellation)
                : await blobs.RemoveOnlyContentAsync(message.Blob, cancellation);
        }

        if ((over.Count > 0 || ending.Contents.Count > 0) && message.LetsFilesGo(now))
        {
            removed += KnownFiles(ending, message) is { } names
                ? await blobs.RemoveFilesAsync(names, cancellation)
                : await blobs.RemoveFilesAsync(message.CreatedAt, message.Id, cancellation);
        }

        return removed;
    }

    /// <summary>
    /// All names that the message's files can have, so that they need not be listed; null where something else may be there: the files were not
    /// taken out to the end, the whole message or uploads may be among them, another attempt's too, links have copies of their own, or there are
    /// recipients or links whose rows were not read.
    /// </summary>
    public static IEnumerable<string>? KnownFiles(Ending ending, MessageRow message) =>
        IsPlain(message)
        && ending is { Found: [{ IsDirect: false } link], Recipients: [{ ProtectBody: false, LinkIds: [var only] }] }
        && string.Equals(only, link.LinkId, StringComparison.Ordinal)
            ? Enumerable
                .Range(1, message.FileCount)
                .Select(n => Keys.FileBlob(message.CreatedAt, message.Id, n))
                .Prepend(Keys.BodyBlob(message.CreatedAt, message.Id))
            : null;

    private static bool IsPlain(MessageRow message) =>
        message is { FileCount: >= 0, UploadCount: 0, RecipientCount: 1, ProtectBody: false, HasIdempotencyKey: false };
}
