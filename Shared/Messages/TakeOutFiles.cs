using Microsoft.Extensions.Options;
using MimeKit;
using TlsOrLink.Faults;
using TlsOrLink.Messages.Mime;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>
/// Takes the files out of a stored message, once: each into a blob and a row, the rest of the message into a blob of its own. Run twice,
/// or twice at once, it gives the same blobs and rows.
/// </summary>
internal sealed class TakeOutFiles(MessageTable messages, MessageBlobs blobs, IOptions<IntakeOptions> limits)
{
    private const int Tries = 5;

    /// <summary>The files of the message, numbered from 1; empty where it has none.</summary>
    /// <exception cref="PermanentFault">There is no such message, its content is gone or is no MIME.</exception>
    public async Task<IReadOnlyList<FileRow>> RunAsync(string id, CancellationToken cancellation)
    {
        var message = await FindAsync(id, cancellation);
        if (message.FileCount != MessageRow.FilesNotTakenOut)
        {
            return await messages.FilesAsync(id, message.Attempt, cancellation);
        }

        await using var stream = await blobs.OpenAsync(message, cancellation);
        // Uploaded files are files of their own already: without them the message is small.
        var own = (stream as ComposedStream)?.WithoutUploads() ?? stream;
        using var apart = await TakenApart.OfAsync(own, limits.Value.MaxAttachments, cancellation);
        if (
            await FilesAsync(message, apart, stream, own, cancellation) is not { } rows
            || !await CommitAsync(message, await StageBodyAsync(message, apart.Rest, cancellation), cancellation)
        )
        {
            return await messages.FilesAsync(id, message.Attempt, cancellation);
        }

        await messages.PutAsync([.. rows], cancellation);
        await CountAsync(message, rows.Count, apart, cancellation);
        return rows;
    }

    /// <summary>The whole message as file 0, for mail whose body goes behind the link too.</summary>
    /// <exception cref="PermanentFault">There is no such message, or its content is gone.</exception>
    public async Task<FileRow> WholeAsync(string id, CancellationToken cancellation)
    {
        var message = await FindAsync(id, cancellation);
        await using var stream = await blobs.OpenAsync(message, cancellation);
        var row = Whole(message, 0);
        var content = await StageWholeAsync(message, row, stream, cancellation);
        await content.CommitAsync(cancellation);
        await messages.PutAsync([row], cancellation);
        return row;
    }

    private async Task<MessageRow> FindAsync(string id, CancellationToken cancellation) =>
        await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");

    /// <summary>Writes the files, or the whole message as the only one; null where another run has come first.</summary>
    private async Task<List<FileRow>?> FilesAsync(
        MessageRow message,
        TakenApart apart,
        Stream stream,
        Stream own,
        CancellationToken cancellation
    )
    {
        if (apart.Files is not { } files)
        {
            var whole = Whole(message, 1);
            var content = await StageWholeAsync(message, whole, stream, cancellation);
            return await CommitAsync(message, content, cancellation) ? [whole] : null;
        }

        List<FileRow> rows = [];
        var names = new FileNames();
        var uploads = TakenUploads.Of(stream, apart);
        foreach (var entity in files)
        {
            var row = new FileRow(message.Id, message.Attempt, rows.Count + 1)
            {
                Name = names.Next(MimeSplit.NameOf(entity), entity.ContentType.MimeType),
                ContentType = entity.ContentType.MimeType.ToLowerInvariant(),
            };
            rows.Add(row);
            if (await uploads.DescribeAsync(entity, row, blobs, cancellation))
            {
                continue;
            }

            var content = await StageAsync(
                message,
                row,
                target =>
                    apart.PlaceOf(entity) is { } place
                        ? place.CopyAsync(own, target, cancellation)
                        : WriteAsync(entity, target, cancellation)
            );
            if (!await CommitAsync(message, content, cancellation))
            {
                return null;
            }
        }

        return rows;
    }

    private static FileRow Whole(MessageRow message, int n) =>
        new(message.Id, message.Attempt, n) { Name = "message.eml", ContentType = "message/rfc822" };

    private static async Task WriteAsync(MimeEntity entity, Stream target, CancellationToken cancellation)
    {
        if (entity is MimePart { Content: { } content })
        {
            await content.DecodeToAsync(target, cancellation);
        }
    }

    private async Task<StagedContent> StageWholeAsync(
        MessageRow message,
        FileRow row,
        Stream stream,
        CancellationToken cancellation
    )
    {
        stream.Position = 0;
        // Recipients must not learn of each other here either.
        await using var copy = new TransparentMessage(stream, "");
        return await StageAsync(message, row, target => copy.CopyToAsync(target, cancellation));
    }

    private async Task<StagedContent> StageAsync(MessageRow message, FileRow row, Func<Stream, Task> write)
    {
        var content = blobs.NewFile(message, row.N);
        await using var target = new SectionStream(content.Append());
        await write(target);
        (row.Bytes, row.Sha256, row.Blob) = (content.Bytes, target.Sha256(), content.Blob);
        return content;
    }

    private async Task<StagedContent> StageBodyAsync(
        MessageRow message,
        MimeMessage mime,
        CancellationToken cancellation
    )
    {
        var content = blobs.NewBody(message);
        await using var target = new SectionStream(content.Append());
        await mime.WriteToAsync(LinkMail.CrLfLines, target, cancellation);
        return content;
    }

    /// <summary>Commits unless another run has come first: its blobs are being read, and a blob written again breaks off its readers.</summary>
    private async Task<bool> CommitAsync(MessageRow message, StagedContent content, CancellationToken cancellation)
    {
        if ((await FindAsync(message.Id, cancellation)).FileCount != MessageRow.FilesNotTakenOut)
        {
            return false;
        }

        await content.CommitAsync(cancellation);
        return true;
    }

    private async Task CountAsync(MessageRow message, int count, TakenApart apart, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries && message.FileCount == MessageRow.FilesNotTakenOut; i++)
        {
            (message.FileCount, message.IsFaulty) = (count, apart.IsFaulty);
            message.Language = apart.Language ?? message.Language;
            if (await messages.UpdateMessageAsync(message, cancellation) == WriteOutcome.Done)
            {
                return;
            }

            message = await FindAsync(message.Id, cancellation);
        }

        if (message.FileCount == MessageRow.FilesNotTakenOut)
        {
            throw new TransientFault("The row of the message changes too often.");
        }
    }
}
