using Microsoft.Extensions.Options;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>Removes upload sessions whose time is over, with what was uploaded: a message that refers to it has a copy of its own.</summary>
internal sealed class UploadPurge(
    UploadTable uploads,
    UploadBlobs blobs,
    DueBatches due,
    IOptions<PurgingOptions> options
) : IDuePurge
{
    public IReadOnlyList<string> Kinds { get; } = [DueKinds.Upload];

    public async Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(
            rows,
            options.Value.AtOnce(cancellation),
            async (row, stop) =>
            {
                await blobs.DeleteAsync(row.MessageId, row.Id, stop);
                await uploads.DeleteAsync(row.MessageId, row.Id, stop);
            }
        );
        await due.DeleteAsync(rows, options.Value.Concurrency, cancellation);
        return new Purged(rows, rows.Count);
    }
}
