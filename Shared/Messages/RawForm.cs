using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages;

/// <summary>
/// The form <c>message/rfc822</c>: the message is stored byte for byte as it came in. The envelope comes from the request's headers,
/// else from the message's own.
/// </summary>
internal static class RawForm
{
    private const string FromHeader = "X-Envelope-From";
    private const string ToHeader = "X-Envelope-To";
    private const int PeekBytes = 1 << 15;

    public static async Task<Intake> ReadAsync(IntakeDraft draft, Stream body, CancellationToken cancellation)
    {
        var start = await ReadStartAsync(body, draft.Limits.MaxHeaderBytes, cancellation);
        var header = RawHeader.Parse(start.Span);
        var sender = SenderOf(draft.Request, header);
        draft.MustBeAllowed(sender);
        foreach (var author in header.Mailboxes(HeaderId.From))
        {
            draft.MustBeAllowed(Envelope.Address(author, "From"));
        }

        var recipients = RecipientsOf(draft, header);
        var hash = await StageAsync(
            draft.Content,
            draft.Request.ContentLength ?? 0,
            start,
            body,
            Prefix(sender, recipients),
            cancellation
        );
        var language = LanguageGuess.OfRaw(
            header.Subject,
            start.Span[..Math.Min(start.Length, header.Bytes + PeekBytes)]
        );
        return draft.Complete(sender, recipients, new IntakeOptionsAsked(), language, hash) with
        {
            Visible = header.Mailboxes(HeaderId.To).Count + header.Mailboxes(HeaderId.Cc).Count,
            MayHaveFiles = header.MayHaveFiles,
        };
    }

    /// <summary>Reads until the header section has ended, and what came along behind it.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadStartAsync(
        Stream body,
        int maxHeaderBytes,
        CancellationToken cancellation
    )
    {
        var buffer = new byte[Math.Min(maxHeaderBytes, PeekBytes)];
        var length = 0;
        while (RawHeader.End(buffer.AsSpan(0, length)) < 0)
        {
            if (length == buffer.Length)
            {
                Array.Resize(
                    ref buffer,
                    length < maxHeaderBytes
                        ? Math.Min(maxHeaderBytes, 2 * length)
                        : throw IntakeRefusal.At("header", $"The header section is longer than {maxHeaderBytes} bytes.")
                );
            }

            var read = await body.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return buffer.AsMemory(0, length);
    }

    private static MailAddress SenderOf(IntakeRequest request, RawHeader header)
    {
        if (request.EnvelopeFrom.Count > 0)
        {
            return request.EnvelopeFrom is [var one]
                ? Envelope.Address(one, FromHeader)
                : throw IntakeRefusal.At(FromHeader, "Given more than once. Name one address.");
        }

        var senders = header.Mailboxes(HeaderId.Sender);
        senders = senders.Count > 0 ? senders : header.Mailboxes(HeaderId.From);
        return senders switch
        {
            [var one] => Envelope.Address(one, "From"),
            [] => throw IntakeRefusal.At("From", $"The message names no sender. Set From or {FromHeader}."),
            _ => throw IntakeRefusal.At("From", $"Several authors and no Sender. Set Sender or {FromHeader}."),
        };
    }

    private static IReadOnlyList<MailAddress> RecipientsOf(IntakeDraft draft, RawHeader header)
    {
        var given = draft.Request.EnvelopeTo.SelectMany(Envelope.Split).ToList();
        var max = draft.Limits.MaxRecipients;
        if (draft.Request.EnvelopeTo.Count > 0)
        {
            return Envelope.Number(
                given.Select((text, i) => Envelope.Address(text, $"{ToHeader}[{i}]")),
                ToHeader,
                max
            );
        }

        return Envelope.Number(
            new[] { HeaderId.To, HeaderId.Cc, HeaderId.Bcc }.SelectMany(field =>
                header.Mailboxes(field).Select(mailbox => Envelope.Address(mailbox, field.ToHeaderName()))
            ),
            "To",
            max
        );
    }

    private static byte[] Prefix(MailAddress sender, IReadOnlyList<MailAddress> recipients) =>
        Encoding.UTF8.GetBytes($"rfc822\n{sender}\n{string.Join('\n', recipients)}\n\n");

    private static async Task<string> StageAsync(
        StagedContent content,
        long expected,
        ReadOnlyMemory<byte> start,
        Stream rest,
        byte[] prefix,
        CancellationToken cancellation
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        var section = content.Append(expected);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        var piece = start;
        while (piece.Length > 0)
        {
            hash.AppendData(piece.Span);
            content.EightBit |= !System.Text.Ascii.IsValid(piece.Span);
            await section.WriteAsync(piece, cancellation);
            piece = buffer.AsMemory(0, await rest.ReadAsync(buffer, cancellation));
        }

        ArrayPool<byte>.Shared.Return(buffer); // a request that fails leaves it to the garbage collector

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
