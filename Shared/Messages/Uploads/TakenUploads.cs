using System.Security.Cryptography;
using MimeKit;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Messages.Uploads;

/// <summary>The uploaded files of a message that was taken apart: they are files of their own already.</summary>
internal sealed class TakenUploads
{
    private readonly Dictionary<MimeEntity, UploadPart> parts;

    private TakenUploads(Dictionary<MimeEntity, UploadPart> parts) => this.parts = parts;

    /// <summary>Finds the part of each by its place.</summary>
    /// <param name="stream">The whole message.</param>
    /// <param name="apart">The message without its uploads.</param>
    public static TakenUploads Of(Stream stream, TakenApart apart) =>
        new(((stream as ComposedStream)?.Parts ?? []).ToDictionary(part => apart.PartAt(part.At)!));

    /// <summary>Points the row of an uploaded file at it. It is read for its hash alone.</summary>
    /// <returns>False where the part is no uploaded file.</returns>
    public async Task<bool> DescribeAsync(
        MimeEntity entity,
        FileRow row,
        MessageBlobs blobs,
        CancellationToken cancellation
    )
    {
        if (!parts.TryGetValue(entity, out var upload))
        {
            return false;
        }

        await using var content = await blobs.OpenFileAsync(upload.Blob, cancellation);
        var hash = await SHA256.HashDataAsync(content, cancellation);
        (row.Bytes, row.Sha256, row.Blob) = (upload.Bytes, Convert.ToHexStringLower(hash), upload.Blob);
        return true;
    }
}
