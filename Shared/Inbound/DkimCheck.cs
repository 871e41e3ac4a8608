using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using TlsOrLink.Domains;
using TlsOrLink.Faults;

namespace TlsOrLink.Inbound;

/// <summary>Whether a raw mail was signed by its author's own domain (RFC 6376; aligned as RFC 7489 section 3.1.1 means it).</summary>
internal sealed class DkimCheck(DkimKeys keys, IOptions<InboundOptions> options, TimeProvider clock)
{
    private const int MaxSignatures = 8;
    private const int MinRsaBits = 1024;

    /// <summary>The first good signature of the author's domain.</summary>
    /// <param name="mail">The mail, read from where it is stored.</param>
    /// <param name="author">Domain of its From field.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="TransientFault">A key could not be looked up, and no other signature is good.</exception>
    public async Task<DkimTags?> FindAsync(MimeMessage mail, MailDomain author, CancellationToken cancellation)
    {
        TransientFault? unknown = null;
        foreach (var field in mail.Headers.Where(field => field.Id == HeaderId.DkimSignature).Take(MaxSignatures))
        {
            if (DkimTags.Read(field.Value) is not { } tags || !MayCount(tags, author, DateOf(mail)))
            {
                continue;
            }

            try
            {
                var verifier = new DkimVerifier(new DkimKeyLocator(keys, tags)) { MinimumRsaKeyLength = MinRsaBits };
                if (await verifier.VerifyAsync(mail, field, cancellation))
                {
                    return tags;
                }
            }
            catch (TransientFault fault)
            {
                unknown = fault;
            }
            catch (Exception bad) when (IsNoSignature(bad))
            {
                // The next may be good.
            }
        }

        return unknown is null ? null : throw unknown;
    }

    /// <summary>Nothing in the record of a signature's key says that it may not count; a key that is gone says nothing.</summary>
    /// <exception cref="TransientFault">The record could not be looked up.</exception>
    public async Task<bool> IsAllowedAsync(DkimTags tags, CancellationToken cancellation) =>
        await keys.FindAsync(tags.Domain!.Value.Name, tags.Selector, cancellation) is not { } record
        || DkimKeyRecord.Allows(record, tags);

    /// <summary>What can be said of a signature before its key is asked for. Pure but for the clock.</summary>
    public bool MayCount(DkimTags tags, MailDomain author, DateTimeOffset date)
    {
        var now = clock.GetUtcNow();
        var at = tags.At ?? date;
        return tags.Domain is { } signer
            && DkimTags.IsAligned(signer, author)
            && tags.Identity is { } identity
            && DkimTags.IsAligned(signer, identity)
            && !tags.IsPartial
            && tags.Fields.Contains("from", StringComparer.Ordinal)
            && tags.Signature.Length > 0
            // A date that is not signed is whatever the sender of a replay wrote.
            && (tags.At is not null || tags.Fields.Contains("date", StringComparer.Ordinal))
            && !(tags.Until < now)
            && at > now - options.Value.SignatureLife;
    }

    /// <summary>Malformed, or made with a kind of key that its domain does not have. Faults of storage are none of these.</summary>
    private static bool IsNoSignature(Exception fault) =>
        fault
            is FormatException
                or ArgumentException
                or InvalidOperationException
                or InvalidCastException
                or GeneralSecurityException
                or CryptoException;

    private DateTimeOffset DateOf(MimeMessage mail) =>
        mail.Date == DateTimeOffset.MinValue ? clock.GetUtcNow() : mail.Date;
}
