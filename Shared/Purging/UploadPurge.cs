using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes upload sessions whose time is over, with what was uploaded: a message that refers to it has a copy of its own.</summary>
internal sealed class UploadPurge(UploadTable uploads, UploadBlobs blobs, DueTable due) : IDuePurge
{
    public string Kind => DueKinds.Upload;

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            await blobs.DeleteAsync(row.MessageId, row.Id, cancellation);
            await uploads.DeleteAsync(row.MessageId, row.Id, cancellation);
            await due.DeleteAsync(row.Kind, row.At, row.Id, cancellation);
        }

        return new Purged(rows.Count, rows.Count);
    }
}
