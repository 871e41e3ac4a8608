using MimeKit;
using TlsOrLink.Faults;

namespace TlsOrLink.Messages.Mime;

/// <summary>A message without its files, and the files.</summary>
/// <param name="Rest">What stays in a link mail; its contents are still in the stream that was read.</param>
/// <param name="Files">In their order; null where the message goes whole behind the link, and <paramref name="Rest"/> has no text.</param>
internal sealed record TakenApart(MimeMessage Rest, IReadOnlyList<MimeEntity>? Files) : IDisposable
{
    /// <summary>
    /// A larger body goes behind the link with the whole message: each recipient's link mail is made in memory, and few servers take
    /// more than some 10 MB.
    /// </summary>
    public const long MaxBodyBytes = 5_000_000;

    /// <summary>Parts beside the files: texts, the images that HTML shows, the multiparts around them.</summary>
    private const int PartsOfBody = 100;

    /// <summary>
    /// Takes a message apart. It stays whole where something in it is signed or encrypted, where it has more files than allowed or a
    /// body over <see cref="MaxBodyBytes"/>; contents are not read for that.
    /// </summary>
    /// <param name="stream">From its begin; must be able to seek, and stay open while <see cref="Files"/> are written on.</param>
    /// <param name="maxFiles">See <see cref="IntakeOptions.MaxAttachments"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentFault">The message is no MIME.</exception>
    public static async Task<TakenApart> OfAsync(Stream stream, int maxFiles, CancellationToken cancellation)
    {
        try
        {
            if (await ParseAsync(stream, maxFiles + PartsOfBody, cancellation) is not { } message)
            {
                return Whole(await ParseHeadersAsync(stream, cancellation));
            }

            if (MimeSplit.IsSealed(message))
            {
                return Whole(message);
            }

            var files = MimeSplit.TakeOut(message);
            return files.Count > maxFiles || BytesOf(message.Body) > MaxBodyBytes
                ? Whole(message)
                : new TakenApart(message, files);
        }
        catch (FormatException)
        {
            throw new PermanentFault("The message is no MIME.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Rest.Dispose();

    /// <summary>The message; null as soon as it has too many parts, each of which would take memory.</summary>
    private static async Task<MimeMessage?> ParseAsync(Stream stream, int maxParts, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parts = 0;
        // Persistent: the contents of parts stay in the stream and are read when they are written on.
        var parser = new MimeParser(stream, persistent: true);
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

    private static async Task<MimeMessage> ParseHeadersAsync(Stream stream, CancellationToken cancellation)
    {
        stream.Position = 0;
        return new MimeMessage(await new MimeParser(stream, persistent: true).ParseHeadersAsync(cancellation));
    }

    private static TakenApart Whole(MimeMessage message)
    {
        message.Body = MimeSplit.EmptyText();
        return new TakenApart(message, Files: null);
    }

    private static long BytesOf(MimeEntity? entity) =>
        entity switch
        {
            null => 0,
            Multipart multipart => HeaderBytes(multipart)
                + (multipart.Preamble?.Length ?? 0)
                + (multipart.Epilogue?.Length ?? 0)
                + multipart.Sum(BytesOf),
            MimePart { Content.Stream: { } content } part => HeaderBytes(part) + content.Length,
            _ => HeaderBytes(entity),
        };

    private static long HeaderBytes(MimeEntity entity) => entity.Headers.Sum(header => (long)header.RawValue.Length);
}
