using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Uploads;

namespace TlsOrLink.Inbound;

/// <summary>Mail of our own people that is to be sent on: its author must be who the mail says, since anybody can write a From field.</summary>
internal sealed class InboundLetters(
    CallerDirectory callers,
    Scratches scratches,
    AuthorProof proofs,
    Refusals refusals,
    IOptions<InboundOptions> options,
    IOptions<IntakeOptions> intake
)
{
    /// <summary>Fields that a mail has once (RFC 5322 section 3.6): a signature covers the last of several, readers take the first.</summary>
    private static readonly HeaderId[] Singular =
    [
        HeaderId.Date,
        HeaderId.Sender,
        HeaderId.ReplyTo,
        HeaderId.To,
        HeaderId.Cc,
        HeaderId.Subject,
        HeaderId.ContentType,
        HeaderId.ContentTransferEncoding,
    ];

    /// <summary>Judges a mail and has it sent.</summary>
    /// <exception cref="IntakeRefusal">It is malformed, or in a loop.</exception>
    /// <exception cref="Faults.TransientFault">Storage or DNS is away.</exception>
    public async Task<InboundAnswer> TakeAsync(
        Scratch scratch,
        InboundForm form,
        InboundEnvelope envelope,
        Func<InboundLetter, Task<InboundAnswer>> send,
        CancellationToken cancellation
    )
    {
        if (options.Value.Caller is not { } name || callers.Named(name) is not { } caller)
        {
            return new InboundAnswer(InboundResult.Ignored, "not-a-bounce");
        }

        var raw = form.RawHash is not null ? await scratches.OpenAsync(scratch, cancellation) : null;
        await using var opened = raw;
        var header = RawHeader.Parse(raw is null ? form.Headers.Span : await StartAsync(raw, cancellation));
        if (AuthorOf(header) is not { } author || !caller.MaySend(author))
        {
            return InboundAnswer.Refuse("sender-not-allowed");
        }

        if (Array.Exists(Singular, field => header.Count(field) > 1))
        {
            return InboundAnswer.Refuse("field-repeated");
        }

        var proof = raw is null
            ? await proofs.OfParsedAsync(form, header, author, cancellation)
            : await proofs.OfRawAsync(raw, author, cancellation);
        if (proof is null)
        {
            return InboundAnswer.Refuse("dkim-not-aligned");
        }

        if (raw is null)
        {
            Compose(scratch, form, header);
        }

        var own = MailDomain.Parse(options.Value.Domain!);
        var recipients = envelope.RecipientsOf(header, own);
        // Not To and Cc, which may be unsigned: whoever got the mail could write others into them and have it sent again.
        var key = $"inbound-{Hash(Encoding.UTF8.GetBytes(string.Join('\n', [proof, .. envelope.Outside(own)])))}";
        await using var content = raw ?? await scratches.OpenAsync(scratch, cancellation);
        content.Position = 0;
        var answer =
            recipients.Count == 0
                ? InboundAnswer.Refuse("no-recipient", "The mail names nobody in To or Cc but this service itself.")
                : await send(new InboundLetter(content, caller, author, recipients, key));
        return MayTell(answer, header, envelope)
            ? answer with
            {
                Tell = await refusals.KeepAsync(key, author, header, answer, cancellation),
            }
            : answer;
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The one author; null where there is none, or several.</summary>
    private static MailAddress? AuthorOf(RawHeader header) =>
        header.Count(HeaderId.From) == 1
        && header.Mailboxes(HeaderId.From) is [var only]
        && MailAddress.TryParse(only.Address, out var author)
            ? author
            : null;

    /// <summary>Machines are not written back to.</summary>
    private static bool MayTell(InboundAnswer answer, RawHeader header, InboundEnvelope envelope) =>
        answer is { Result: InboundResult.Refused, Detail.Length: > 0 }
        && envelope.From.Length > 0
        && header.Value(HeaderId.AutoSubmitted) is null or "no"
        && header.Value(HeaderId.Precedence) is null;

    private async Task<byte[]> StartAsync(Stream raw, CancellationToken cancellation)
    {
        var start = new byte[(int)Math.Min(raw.Length, intake.Value.MaxHeaderBytes)];
        var read = await raw.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        return start[..read];
    }

    /// <summary>A parsed mail becomes MIME again: what it loses by that (its own Message-ID, threads) the raw form keeps.</summary>
    private void Compose(Scratch scratch, InboundForm form, RawHeader header)
    {
        var recipients = new JsonRecipients();
        recipients.To.AddRange(header.Mailboxes(HeaderId.To));
        recipients.Cc.AddRange(header.Mailboxes(HeaderId.Cc));
        var message = new JsonMessage(
            header.Mailboxes(HeaderId.From)[0],
            recipients,
            header.Subject,
            proofs.DateOf(header),
            form.Text is { } text ? text with { Charset = form.CharsetOf("text").WebName } : null,
            form.Html is { } html ? html with { Charset = form.CharsetOf("html").WebName } : null,
            form.Files()
        );
        scratch.Content.Arrange(message.Sections(scratch.Content));
    }
}
