using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using MimeKit;
using TlsOrLink.Faults;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>The adapter of a message's blobs.</summary>
internal sealed class MessageBlobs(BlobServiceClient blobs)
{
    private const int ReadBytes = 1 << 20;

    /// <summary>Of each uploaded file of a message: all are open at a time.</summary>
    private const int FileReadBytes = 1 << 18;
    private readonly BlobContainerClient messages = blobs.GetBlobContainerClient(ContainerNames.Messages);
    private readonly BlobContainerClient files = blobs.GetBlobContainerClient(ContainerNames.Files);

    /// <summary>The message as it came in; the stream can seek and holds little of it.</summary>
    /// <exception cref="PermanentFault">The content is gone.</exception>
    public Task<Stream> OpenAsync(MessageRow message, CancellationToken cancellation) =>
        OpenAsync(message.Blob, cancellation);

    /// <summary>As above, by the name of the blob.</summary>
    /// <exception cref="PermanentFault">The content is gone.</exception>
    public async Task<Stream> OpenAsync(string blob, CancellationToken cancellation)
    {
        var stream = await OpenAsync(messages.GetBlobClient(blob), cancellation);
        var start = new byte[Composition.MarkBytes];
        var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        stream.Position = 0;
        return Composition.IsAt(start.AsSpan(0, read)) ? await ComposeAsync(stream, cancellation) : stream;
    }

    /// <summary>The uploaded files of a message; empty for most.</summary>
    /// <exception cref="PermanentFault">The content is gone.</exception>
    public async Task<IReadOnlyList<UploadPart>> UploadsOfAsync(MessageRow message, CancellationToken cancellation)
    {
        await using var stream = await OpenAsync(message, cancellation);
        return (stream as ComposedStream)?.Parts ?? [];
    }

    /// <summary>An uploaded file of a message; the stream can seek and holds little of it.</summary>
    /// <exception cref="PermanentFault">It is gone.</exception>
    public Task<Stream> OpenFileAsync(string blob, CancellationToken cancellation) =>
        OpenAsync(files.GetBlobClient(blob), cancellation, FileReadBytes);

    /// <summary>The header of the message, for its sender; without the subject where the body is protected.</summary>
    /// <exception cref="PermanentFault">The content is gone.</exception>
    public async Task<OriginalHeader> HeaderAsync(MessageRow message, CancellationToken cancellation)
    {
        await using var stream = await OpenAsync(message, cancellation);
        return await OriginalHeader.ReadAsync(stream, message.ProtectBody, cancellation);
    }

    /// <summary>The message without its files, as <see cref="TakeOutFiles"/> left it; the caller disposes it.</summary>
    /// <exception cref="PermanentFault">The content is gone, or the files were not taken out.</exception>
    public async Task<MimeMessage> LoadStrippedAsync(MessageRow message, CancellationToken cancellation)
    {
        var blob = files.GetBlobClient(Keys.BodyBlob(message.CreatedAt, message.Id));
        await using var stream = await OpenAsync(blob, cancellation);
        return await MimeMessage.LoadAsync(stream, cancellation);
    }

    /// <summary>A blob for file <paramref name="n"/>. Two runs write the same blocks under the same ids: either may commit.</summary>
    public StagedContent NewFile(MessageRow message, int n) =>
        new(files.GetBlockBlobClient(Keys.FileBlob(message.CreatedAt, message.Id, n)));

    /// <summary>A blob for the message without its files.</summary>
    public StagedContent NewBody(MessageRow message) =>
        new(files.GetBlockBlobClient(Keys.BodyBlob(message.CreatedAt, message.Id)));

    private async Task<Stream> ComposeAsync(Stream stream, CancellationToken cancellation)
    {
        var start = new byte[Composition.MaxBytes];
        var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        var (parts, begin) = Composition.Read(start.AsSpan(0, read));
        List<Stream> opened = [];
        foreach (var part in parts)
        {
            opened.Add(await OpenFileAsync(part.Blob, cancellation));
        }

        return new ComposedStream(stream, begin, parts, opened);
    }

    private static async Task<Stream> OpenAsync(
        BlobClient blob,
        CancellationToken cancellation,
        int bufferBytes = ReadBytes
    )
    {
        try
        {
            return new ContentStream(await PiecewiseBlob.OpenAsync(blob, bufferBytes, cancellation));
        }
        catch (RequestFailedException failed) when (failed.Status == 404)
        {
            throw new PermanentFault("The content of the message is gone.");
        }
        catch (Exception error) when (StorageFaultPolicy.IsAway(error, cancellation))
        {
            throw new TransientFault("Blob storage went away while a message was read.");
        }
    }
}
