using System.Text;
using MimeKit;
using TlsOrLink.Faults;

namespace TlsOrLink.Messages.Mime;

/// <summary>A message without its files, and the files.</summary>
/// <param name="Rest">What stays in a link mail; its contents are still in the stream that was read.</param>
/// <param name="Files">In their order; null where the message goes whole behind the link, and <paramref name="Rest"/> has no text.</param>
internal sealed record TakenApart(MimeMessage Rest, IReadOnlyList<MimeEntity>? Files) : IDisposable
{
    private Dictionary<MimeMessage, MessagePlace> places = [];
    private List<(MimeEntity Entity, long Begin)> leaves = [];

    /// <summary>Of the text; null where the text is not read.</summary>
    public MailLanguage? Language { get; private init; }

    /// <summary>The message cannot go as it is, even where it has no files: see <see cref="MimeFaults"/>.</summary>
    public bool IsFaulty { get; private init; }

    /// <summary>
    /// A larger body goes behind the link with the whole message: each recipient's link mail is made in memory, and few servers take
    /// more than some 10 MB.
    /// </summary>
    public const long MaxBodyBytes = 5_000_000;

    /// <summary>Parts beside the files: texts, the images that HTML shows, the multiparts around them.</summary>
    private const int PartsOfBody = 100;

    /// <summary>
    /// Takes a message apart. It stays whole where something in it is signed or encrypted, where it has more files than allowed, a
    /// body over <see cref="MaxBodyBytes"/>, or contents that are no part of it (<see cref="MimeRemains"/>).
    /// </summary>
    /// <param name="stream">From its begin; must be able to seek, and stay open while <see cref="Files"/> are written on.</param>
    /// <param name="maxFiles">See <see cref="IntakeOptions.MaxAttachments"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentFault">The message is no MIME.</exception>
    public static async Task<TakenApart> OfAsync(Stream stream, int maxFiles, CancellationToken cancellation)
    {
        try
        {
            Dictionary<MimeMessage, MessagePlace> found = [];
            List<(MimeEntity, long)> parts = [];
            if (await ParseAsync(stream, maxFiles + PartsOfBody, found, parts, cancellation) is not { } message)
            {
                return Whole(await ParseHeadersAsync(stream, cancellation));
            }

            if (MimeSplit.IsSealed(message) || MimeRemains.Of(message.Body))
            {
                return Whole(message);
            }

            var charset = SoundBody.CharsetOf(message.Body);
            var files = MimeSplit.TakeOut(message);
            if (files.Count > maxFiles || BytesOf(message.Body) > MaxBodyBytes || Uuencoded.IsIn(AllText(message.Body)))
            {
                return Whole(message);
            }

            var faulty = files.Count == 0 && MimeFaults.In(message);
            message.Body = SoundBody.Of(message.Body!) ?? MimeSplit.EmptyText();
            return new TakenApart(Mended(message, charset), files)
            {
                places = found,
                leaves = parts,
                IsFaulty = faulty,
                Language = LanguageGuess.Of(message.Subject + MimeSplit.Text(message)),
            };
        }
        catch (FormatException)
        {
            throw new PermanentFault("The message is no MIME.");
        }
    }

    /// <summary>Where the message that a part holds stands in the stream, byte for byte; null where the part holds none.</summary>
    public MessagePlace? PlaceOf(MimeEntity entity) =>
        entity is MessagePart { Message: { } inner } && places.TryGetValue(inner, out var place) ? place : null;

    /// <summary>The part within which a place of the stream lies; null where there is none.</summary>
    public MimeEntity? PartAt(long place) => leaves.FindLast(leaf => leaf.Begin <= place).Entity;

    /// <inheritdoc/>
    public void Dispose() => Rest.Dispose();

    /// <summary>The message; null as soon as it has too many parts, each of which would take memory.</summary>
    private static async Task<MimeMessage?> ParseAsync(
        Stream stream,
        int maxParts,
        Dictionary<MimeMessage, MessagePlace> found,
        List<(MimeEntity, long)> begins,
        CancellationToken cancellation
    )
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
        parser.MimeEntityEnd += (_, end) =>
        {
            if (end.Entity is MimePart)
            {
                begins.Add((end.Entity, end.BeginOffset));
            }
        };
        parser.MimeMessageEnd += (_, end) => found[end.Message] = new(end.BeginOffset, end.EndOffset);
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
        var fields = await new MimeParser(stream, persistent: true).ParseHeadersAsync(cancellation);
        return new MimeMessage(
            fields.Where(field => !field.Field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
        );
    }

    private static TakenApart Whole(MimeMessage message)
    {
        // What is signed can be read; what is encrypted shows nothing.
        MailLanguage? language = BytesOf(message.Body) is > 0 and <= MaxBodyBytes
            ? LanguageGuess.Of(message.Subject + MimeSplit.Text(message))
            : null;
        var charset = SoundBody.CharsetOf(message.Body);
        message.Body = MimeSplit.EmptyText();
        return new TakenApart(Mended(message, charset), Files: null) { Language = language };
    }

    private static MimeMessage Mended(MimeMessage message, Encoding? charset)
    {
        FieldCare.Mend(message.Headers, charset);
        message.Headers.Replace(HeaderId.MimeVersion, "1.0");
        return message;
    }

    private static string AllText(MimeEntity? entity) =>
        entity switch
        {
            Multipart multipart => string.Join('\n', multipart.Select(AllText)),
            TextPart { IsPlain: true } text => text.Text,
            _ => "",
        };

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
