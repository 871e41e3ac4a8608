using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages.Signing;

/// <summary>
/// Signs mail in the name of its author's domain (RFC 6376), relaxed/relaxed. A message is read once to sign it and once to send it, never
/// held whole: the signature stands before what it signs.
/// </summary>
internal sealed class Signatures : IDisposable
{
    private const int MaxHeaderBytes = 1 << 20;
    private const int Fold = 72;
    private readonly IReadOnlyList<DkimKey> keys;
    private readonly TimeProvider clock;

    public Signatures(IOptions<DkimOptions> options, TimeProvider clock)
    {
        keys = [.. options.Value.Keys.Select(DkimKey.Of)];
        this.clock = clock;
    }

    /// <summary>Some domain has a key; else nothing need be read.</summary>
    public bool IsOn => keys.Count > 0;

    /// <summary>A key signs for this author's domain: its mail is aligned (DMARC, RFC 7489).</summary>
    public bool SignsFor(MailDomain author) => keys.Any(key => key.IsFor(author));

    /// <summary>The signature fields to put before a message; empty where no key is for its author.</summary>
    /// <param name="message">With CRLF line ends, as it goes out; read to its end, not disposed.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<string> OfAsync(Stream message, CancellationToken cancellation)
    {
        using var start = new MemoryStream();
        var buffer = new byte[1 << 16];
        var end = -1;
        var read = -1;
        while (end < 0 && read != 0 && start.Length < MaxHeaderBytes)
        {
            read = await message.ReadAsync(buffer, cancellation);
            start.Write(buffer, 0, read);
            end = RawHeader.End(start.GetBuffer().AsSpan(0, (int)start.Length));
        }

        var known = start.GetBuffer().AsMemory(0, (int)start.Length);
        end = end < 0 ? known.Length : end;
        var fields = RawField.ReadAll(Encoding.Latin1.GetString(known.Span[..end]));
        if (AuthorOf(fields) is not { } author || !SignsFor(author))
        {
            return "";
        }

        using var body = new RelaxedBody();
        body.Add(known.Span[end..]);
        while ((read = await message.ReadAsync(buffer, cancellation)) > 0)
        {
            body.Add(buffer.AsSpan(0, read));
        }

        var hash = Convert.ToBase64String(body.Finish());
        return string.Concat(keys.Where(key => key.IsFor(author)).Select(key => Field(key, fields, hash)));
    }

    /// <summary>A mail in memory with its signature before it.</summary>
    public async Task<Mail> SignAsync(Mail mail, CancellationToken cancellation)
    {
        if (!IsOn)
        {
            return mail;
        }

        var field = await OfAsync(mail.Content, cancellation);
        var signed = new MemoryStream();
        signed.Write(Encoding.ASCII.GetBytes(field));
        mail.Content.Position = 0;
        await mail.Content.CopyToAsync(signed, cancellation);
        await mail.DisposeAsync();
        signed.Position = 0;
        return mail with { Content = signed, Bytes = signed.Length };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in keys)
        {
            key.Dispose();
        }
    }

    private static MailDomain? AuthorOf(IReadOnlyList<RawField> fields) =>
        SignedHeader.Last(fields, "From") is { } from
        && InternetAddressList.TryParse(Encoding.Latin1.GetBytes(from.Value), out var list)
        && list.Mailboxes.FirstOrDefault() is { } mailbox
        && MailAddress.TryParse(mailbox.Address, out var address)
            ? address.Domain
            : null;

    private string Field(DkimKey key, IReadOnlyList<RawField> fields, string bodyHash)
    {
        var (names, canonical) = SignedHeader.Of(fields);
        var at = clock.GetUtcNow().ToUnixTimeSeconds();
        var value = string.Create(
            CultureInfo.InvariantCulture,
            $" v=1; a={key.Algorithm}; c=relaxed/relaxed;\r\n\td={key.Domain}; s={key.Selector}; t={at};\r\n\th={string.Join(":\r\n\t ", Lines(names))};\r\n\tbh={bodyHash};\r\n\tb="
        );
        var data = Encoding.Latin1.GetBytes(canonical + SignedHeader.Relaxed("DKIM-Signature", value));
        var signature = Convert.ToBase64String(key.Sign(data));
        return $"DKIM-Signature:{value}{string.Join("\r\n\t ", signature.Chunk(Fold).Select(line => new string(line)))}\r\n";
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> names) =>
        names.Chunk(6).Select(line => string.Join(':', line));
}
