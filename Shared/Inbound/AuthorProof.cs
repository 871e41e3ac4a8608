using MimeKit;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Inbound;

/// <summary>What makes a mail one of its kind and proves its author: its signature, which a replay has too.</summary>
internal sealed class AuthorProof(DkimCheck dkim, TimeProvider clock)
{
    /// <summary>Of a raw mail. Null where no signature of the author's domain is good.</summary>
    public async Task<string?> OfRawAsync(Stream raw, MailAddress author, CancellationToken cancellation)
    {
        raw.Position = 0;
        using var mail = await BoundedMail.LoadAsync(raw, cancellation);
        return mail is not null && await dkim.FindAsync(mail, author.Domain, cancellation) is { } tags
            ? $"{tags.Domain} {tags.Signature}"
            : null;
    }

    /// <summary>Of a parsed one: the provider says that a signature is good, its fields and its key say what it is worth.</summary>
    public async Task<string?> OfParsedAsync(
        InboundForm form,
        RawHeader header,
        MailAddress author,
        CancellationToken cancellation
    )
    {
        if (!ProviderDkim.Passes(form.Field("dkim"), author.Domain))
        {
            return null;
        }

        DkimTags[] aligned =
        [
            .. header
                .Values(HeaderId.DkimSignature)
                .Select(DkimTags.Read)
                .OfType<DkimTags>()
                .Where(tags => tags.Domain is { } signer && DkimTags.IsAligned(signer, author.Domain)),
        ];
        return aligned switch
        {
            [var only] => dkim.MayCount(only, author.Domain, DateOf(header))
            && await dkim.IsAllowedAsync(only, cancellation)
                ? $"{only.Domain} {only.Signature}"
                : null,
            [] => ContentOf(form),
            // The provider does not say which of them is good: one may be made up to hide that the other is old or partial.
            _ => null,
        };
    }

    /// <summary>What the mail says of its date; now where it says none.</summary>
    public DateTimeOffset DateOf(RawHeader header) =>
        MimeKit.Utils.DateUtils.TryParse(header.Value(HeaderId.Date) ?? "", out var date) ? date : clock.GetUtcNow();

    private static string ContentOf(InboundForm form) =>
        string.Join(
            '\n',
            [
                InboundLetters.Hash(form.Headers.ToArray()),
                form.Text?.Sha256 ?? "",
                form.Html?.Sha256 ?? "",
                .. form.Files().Select(file => file.Sha256),
            ]
        );
}
