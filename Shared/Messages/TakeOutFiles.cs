using MimeKit;
using TlsOrLink.Faults;
using TlsOrLink.Messages.Mime;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>
/// Takes the files out of a stored message, once: each into a blob and a row, the rest of the message into a blob of its own. Run twice,
/// or twice at once, it gives the same blobs and rows.
/// </summary>
internal sealed class TakeOutFiles(MessageTable messages, MessageBlobs blobs)
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
        using var mime = await ParseAsync(stream, cancellation);
        var rows = MimeSplit.IsSealed(mime)
            ? await SealedAsync(message, mime, stream, cancellation)
            : await FilesAsync(message, mime, cancellation);
        await BodyAsync(message, mime, cancellation);
        await messages.PutAsync([.. rows], cancellation);
        await CountAsync(message, rows.Count, LanguageGuess.Of(mime.Subject + MimeSplit.Text(mime)), cancellation);
        return rows;
    }

    /// <summary>The whole message as file 0, for mail whose body goes behind the link too.</summary>
    /// <exception cref="PermanentFault">There is no such message, or its content is gone.</exception>
    public async Task<FileRow> WholeAsync(string id, CancellationToken cancellation)
    {
        var message = await FindAsync(id, cancellation);
        await using var stream = await blobs.OpenAsync(message, cancellation);
        var row = await WholeAsync(message, 0, stream, cancellation);
        await messages.PutAsync([row], cancellation);
        return row;
    }

    private async Task<MessageRow> FindAsync(string id, CancellationToken cancellation) =>
        await messages.FindAsync(id, cancellation) ?? throw new PermanentFault("There is no such message.");

    private static async Task<MimeMessage> ParseAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            // Persistent: the contents of parts stay in the stream and are read when they are written on.
            return await new MimeParser(stream, persistent: true).ParseMessageAsync(cancellation);
        }
        catch (FormatException)
        {
            throw new PermanentFault("The message is no MIME.");
        }
    }

    /// <summary>What is signed or encrypted would break if anything were taken out: the recipient gets it whole.</summary>
    private async Task<List<FileRow>> SealedAsync(
        MessageRow message,
        MimeMessage mime,
        Stream stream,
        CancellationToken cancellation
    )
    {
        var row = await WholeAsync(message, 1, stream, cancellation);
        mime.Body = MimeSplit.EmptyText();
        return [row];
    }

    private async Task<FileRow> WholeAsync(MessageRow message, int n, Stream stream, CancellationToken cancellation)
    {
        stream.Position = 0;
        // Recipients must not learn of each other here either.
        await using var copy = new TransparentMessage(stream, "");
        return await StoreAsync(
            message,
            new FileRow(message.Id, message.Attempt, n) { Name = "message.eml", ContentType = "message/rfc822" },
            target => copy.CopyToAsync(target, cancellation),
            cancellation
        );
    }

    private async Task<List<FileRow>> FilesAsync(MessageRow message, MimeMessage mime, CancellationToken cancellation)
    {
        List<FileRow> rows = [];
        var names = new FileNames();
        foreach (var entity in MimeSplit.TakeOut(mime))
        {
            var n = rows.Count + 1;
            var row = new FileRow(message.Id, message.Attempt, n)
            {
                Name = names.Next(MimeSplit.NameOf(entity), entity.ContentType.MimeType),
                ContentType = entity.ContentType.MimeType.ToLowerInvariant(),
            };
            rows.Add(await StoreAsync(message, row, target => WriteAsync(entity, target, cancellation), cancellation));
        }

        return rows;
    }

    private static async Task WriteAsync(MimeEntity entity, Stream target, CancellationToken cancellation)
    {
        switch (entity)
        {
            case MimePart { Content: { } content }:
                await content.DecodeToAsync(target, cancellation);
                break;
            case MessagePart { Message: { } inner }:
                await inner.WriteToAsync(target, cancellation);
                break;
        }
    }

    private async Task<FileRow> StoreAsync(
        MessageRow message,
        FileRow row,
        Func<Stream, Task> write,
        CancellationToken cancellation
    )
    {
        var content = blobs.NewFile(message, row.N);
        await using var target = new SectionStream(content.Append());
        await write(target);
        await content.CommitAsync(cancellation);
        (row.Bytes, row.Sha256, row.Blob) = (content.Bytes, target.Sha256(), content.Blob);
        return row;
    }

    private async Task BodyAsync(MessageRow message, MimeMessage mime, CancellationToken cancellation)
    {
        var content = blobs.NewBody(message);
        await using var target = new SectionStream(content.Append());
        await mime.WriteToAsync(target, cancellation);
        await content.CommitAsync(cancellation);
    }

    private async Task CountAsync(MessageRow message, int count, MailLanguage language, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries && message.FileCount == MessageRow.FilesNotTakenOut; i++)
        {
            (message.FileCount, message.Language) = (count, language);
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
