using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages.Uploads;

/// <summary>What became of asking for an upload session.</summary>
internal abstract record UploadOutcome
{
    /// <summary>It is open.</summary>
    internal sealed record Opened(UploadRow Row) : UploadOutcome;

    /// <summary>The caller has too many open ones; the first of them ends after <paramref name="RetryAfter"/>.</summary>
    internal sealed record TooMany(TimeSpan RetryAfter) : UploadOutcome;
}

/// <summary>Opens upload sessions and finds them again.</summary>
internal sealed class UploadDesk(
    UploadTable table,
    UploadBlobs blobs,
    MessageTable messages,
    DueTable due,
    IOptions<UploadOptions> options,
    TimeProvider clock
)
{
    /// <summary>After a session's end nobody can write its blob any more; storage's clock may be behind ours.</summary>
    public static readonly TimeSpan PurgeDelay = TimeSpan.FromMinutes(15);

    /// <summary>See <see cref="UploadOptions.MaxPerMessage"/>.</summary>
    public int MaxPerMessage => options.Value.MaxPerMessage;

    /// <summary>See <see cref="UploadOptions.MaxBytes"/>.</summary>
    public long MaxBytes => options.Value.MaxBytes;

    /// <summary>Opens a session. Its due row comes first: whatever a crash leaves is found by it.</summary>
    public async Task<UploadOutcome> OpenAsync(string caller, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var live = await table.LiveAsync(caller, now, options.Value.MaxLive, cancellation);
        UploadRow[] open = [.. live.Where(row => row.UsedBy is null)];
        if (open.Length >= options.Value.MaxOpen || live.Count >= options.Value.MaxLive)
        {
            var bound = open.Length >= options.Value.MaxOpen ? open : live;
            return new UploadOutcome.TooMany(bound.Min(row => row.ExpiresAt) - now);
        }

        var end = now + options.Value.Life;
        var row = new UploadRow(caller, RandomNumberGenerator.GetHexString(32, lowercase: true))
        {
            // Whole seconds, as the URL has them.
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds()),
        };
        await due.InsertAsync(new Due(DueKinds.Upload, row.ExpiresAt + PurgeDelay, row.Id, caller), cancellation);
        await table.AddAsync(row, cancellation);
        return new UploadOutcome.Opened(row);
    }

    /// <summary>The file of a session that a message wants to refer to.</summary>
    /// <param name="caller">Who asks: another caller's session is not found.</param>
    /// <param name="id">As the request has it.</param>
    /// <param name="path">Path of the field.</param>
    /// <param name="again">Id of a message that may have been taken before, since it has an Idempotency-Key; null for none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IntakeRefusal">There is no such file, or it is too large.</exception>
    public async Task<UploadedFile> FindAsync(
        string caller,
        string id,
        string path,
        string? again,
        CancellationToken cancellation
    )
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower))
        {
            throw Unknown(path);
        }

        var row = await table.FindAsync(caller, id, cancellation);
        if (
            again is not null
            && (row is null || string.Equals(row.UsedBy, again, StringComparison.Ordinal))
            && await WasTakenAsync(again, cancellation)
        )
        {
            return Taken(id);
        }

        if (row is null || row.ExpiresAt <= clock.GetUtcNow())
        {
            throw Unknown(path);
        }

        if (await blobs.FindAsync(row, cancellation) is not { } found)
        {
            // The same request may have been taken since the row was read, and the upload is gone with that.
            return again is not null && await WasTakenAsync(again, cancellation)
                ? Taken(id)
                : throw IntakeRefusal.At(
                    path,
                    row.UsedBy is null
                        ? "Nothing was uploaded to this session yet: end the upload (Put Block List or Put Blob), then send the message."
                        : "Another message refers to this upload already. Upload the file again to a new session."
                );
        }

        return found.Bytes <= options.Value.MaxBytes
            ? new UploadedFile(id, row, found)
            : throw IntakeRefusal.TooLargeUpload(path, options.Value.MaxBytes);
    }

    private static UploadedFile Taken(string id) => new(id, Row: null, new UploadedBytes(0, default));

    private async Task<bool> WasTakenAsync(string id, CancellationToken cancellation) =>
        await messages.FindAsync(id, cancellation) is not null;

    private static IntakeRefusal Unknown(string path) =>
        IntakeRefusal.At(
            path,
            "No such upload session of this caller, or its time is over. Open one by POST /api/uploads."
        );
}

/// <summary>A file that a message refers to.</summary>
/// <param name="Id">Id of the session.</param>
/// <param name="Row">Null where the message was taken before: only the request's hash matters.</param>
/// <param name="Found">What was there when the request was read.</param>
internal sealed record UploadedFile(string Id, UploadRow? Row, UploadedBytes Found)
{
    /// <summary>Its size.</summary>
    public long Bytes => Found.Bytes;
}
