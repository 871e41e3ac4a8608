using System.Text;
using MimeKit;

namespace TlsOrLink.Screening.Reading;

/// <summary>Walks through a message: subject, texts, names of files, files.</summary>
internal sealed class MailReader(FileReader files, ContentFacts facts, ReadingBounds bounds)
{
    private const int MaxMimeDepth = 40;
    private const string InnerName = "message.eml";
    private static readonly ParserOptions Options = NewOptions();

    private int number;

    /// <summary>Reads a stored message from its begin; its parts stay in the stream until they are read.</summary>
    /// <exception cref="Faults.TransientFault">Storage went away.</exception>
    public async Task ReadAsync(Stream stream, int maxParts, CancellationToken cancellation)
    {
        try
        {
            if (await ParseAsync(stream, maxParts, cancellation) is not { } message)
            {
                facts.IsCut = true;
                return;
            }

            using (message)
            {
                files.ReadText(scan => scan.Append(message.Subject ?? ""), new Place(Section.Subject));
                await WalkAsync(message.Body, isTop: true, cancellation);
            }
        }
        catch (Exception error) when (FileReader.IsOfContent(error))
        {
            facts.IsCut = true;
        }
    }

    /// <summary>Reads a message that is a file.</summary>
    public void Read(ReadOnlyMemory<byte> bytes, Place place, int depth)
    {
        if (depth >= ReadingBounds.MaxDepth)
        {
            throw new BoundsReached();
        }

        using var stream = BinaryData.FromBytes(bytes).ToStream();
        var parser = new MimeParser(Options, stream, persistent: true);
        parser.MimeEntityBegin += (_, _) => bounds.TakeEntry();
        using var message = parser.ParseMessage();
        ReadInner(message, place, depth + 1);
    }

    private static ParserOptions NewOptions()
    {
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = MaxMimeDepth;
        return options;
    }

    private static async Task<MimeMessage?> ParseAsync(Stream stream, int maxParts, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parts = 0;
        var parser = new MimeParser(Options, stream, persistent: true);
        parser.MimeEntityBegin += (_, _) =>
        {
            if (++parts > maxParts)
            {
                stop.Cancel();
            }
        };
        try
        {
            var message = await parser.ParseMessageAsync(stop.Token);
            return parts > maxParts ? null : message;
        }
        catch (OperationCanceledException) when (parts > maxParts)
        {
            return null;
        }
    }

    private async Task WalkAsync(MimeEntity? entity, bool isTop, CancellationToken cancellation)
    {
        switch (entity)
        {
            case Multipart multipart:
                foreach (var child in multipart)
                {
                    await WalkAsync(child, isTop, cancellation);
                }

                break;
            case MessagePart { Message: { } inner } part:
                var place = Place.Attachment(++number);
                files.ReadName(part.ContentDisposition?.FileName ?? part.ContentType.Name, place);
                await WalkInnerAsync(inner, place, cancellation);
                break;
            case MimePart { Content: { } content } part:
                var body = isTop ? new Place(Section.Body) : null;
                using (var file = Take(part, content, body))
                {
                    await content.DecodeToAsync(file, cancellation);
                    Read(part, file, body, 0, () => Place.Attachment(++number));
                }

                break;
        }
    }

    /// <summary>An attached message is read into memory like any file, then walked through.</summary>
    private async Task WalkInnerAsync(MimeMessage inner, Place place, CancellationToken cancellation)
    {
        using var file = files.Take(InnerName);
        await inner.WriteToAsync(file, cancellation);
        files.Read(InnerName, place, file, depth: 0);
    }

    private void ReadInner(MimeMessage message, Place place, int depth)
    {
        files.ReadText(scan => scan.Append(message.Subject ?? ""), place);
        var count = 0;
        using var parts = new MimeIterator(message);
        while (parts.MoveNext())
        {
            if (parts.Current is MimePart { Content: { } content } leaf)
            {
                using var file = Take(leaf, content, place);
                content.DecodeTo(file);
                Read(leaf, file, place, depth, () => place.Within(++count));
            }
        }
    }

    private static bool IsBody(MimePart part, Place? body) =>
        body is not null && part is TextPart && !part.IsAttachment && string.IsNullOrEmpty(part.FileName);

    private FileBytes Take(MimePart part, IMimeContent content, Place? body) =>
        IsBody(part, body)
            ? new FileBytes(bounds.MaxFileBytes, expected: Decoded(content))
            : files.Take(part.FileName, Decoded(content));

    private static long Decoded(IMimeContent content)
    {
        var bytes = content.Stream?.Length ?? 0;
        return content.Encoding == ContentEncoding.Base64 ? bytes / 4 * 3 : bytes;
    }

    private void Read(MimePart part, FileBytes file, Place? body, int depth, Func<Place> next)
    {
        if (!IsBody(part, body))
        {
            files.Read(part.FileName, next(), file, depth);
            return;
        }

        if (!file.IsWhole)
        {
            facts.IsCut = true;
        }

        var encoding = EncodingOf((TextPart)part, file.Begin);
        files.ReadText(
            scan =>
            {
                if (part.ContentType.IsMimeType("text", "html"))
                {
                    HtmlText.Read(file.Begin, encoding, scan);
                }
                else
                {
                    PlainText.Read(file.Begin, encoding, scan);
                }
            },
            body!
        );
    }

    /// <summary>As declared, unless the bytes are plainly UTF-8 or the name is not known.</summary>
    private static Encoding EncodingOf(TextPart part, ReadOnlyMemory<byte> bytes)
    {
        var guessed = PlainText.EncodingOf(bytes.Span) ?? Encoding.UTF8;
        try
        {
            return part.ContentType.Charset is { Length: > 0 } charset && guessed.CodePage != Encoding.UTF8.CodePage
                ? Encoding.GetEncoding(charset)
                : guessed;
        }
        catch (ArgumentException)
        {
            return guessed;
        }
    }
}
