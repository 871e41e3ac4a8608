using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>What stands before the files of a link: decides it when the link is made, compares it when somebody types.</summary>
internal sealed class LinkLocks(PassphraseTable passphrases, AddressHash hash, IOptions<LinkOptions> options)
{
    private const string Purpose = "access-code";

    /// <summary>Without the characters that people confuse on a telephone or a screen.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Half = 5;

    /// <summary>
    /// The lock of a recipient's link. A passphrase that nobody agreed on becomes a generated code, and so does a one-time code where a mail with
    /// it would not be protected: the link is never left open. One read or two where passphrases are asked for, none else.
    /// </summary>
    public async Task<LinkLock> ForAsync(
        MessageRow message,
        RecipientRow recipient,
        LinkCause cause,
        CancellationToken cancellation
    )
    {
        var kind = KindOf(message);
        if (kind == AccessCodeKind.Given)
        {
            return new LinkLock(kind, message.AccessCodeHash ?? "");
        }

        if (kind == AccessCodeKind.Passphrase)
        {
            var agreed = await passphrases.FindAsync(MailAddress.Parse(recipient.Address), cancellation);
            return agreed is null ? Generated : new LinkLock(kind, agreed);
        }

        return kind switch
        {
            AccessCodeKind.None => LinkLock.Open,
            AccessCodeKind.Mail when cause.MailsCodes => new LinkLock(kind, ""),
            _ => Generated,
        };
    }

    /// <summary>
    /// The generated code of a message, such as <c>7KQ2M-X9PDT</c> (49 bits), for its sender alone; null where no link of it can ask for it. It
    /// is derived with the key of keyed hashes and stored nowhere.
    /// </summary>
    public string? CodeFor(MessageRow message) =>
        KindOf(message) is AccessCodeKind.None or AccessCodeKind.Given ? null : Derive(message.Id);

    /// <summary>The code opens the link; compared in a time that does not depend on where it differs.</summary>
    /// <param name="row">A link with a lock.</param>
    /// <param name="code">From <see cref="AccessCodeText.Normalize"/>, not empty.</param>
    public bool Opens(LinkRow row, string code) =>
        row.Lock switch
        {
            // The sender's own code opens where a mail with a code does not arrive.
            { Kind: AccessCodeKind.Generated or AccessCodeKind.Mail } => hash.Same(
                AccessCodeText.Normalize(Derive(row.MessageId)),
                code
            ),
            { Hash.Length: > 0 } known => SlowHash.Matches(code, known.Hash),
            _ => false,
        };

    /// <summary>The code is the one that was mailed last, and may still be typed; compared as <see cref="Opens"/> does.</summary>
    public bool OpensOnce(LinkRow row, string code, DateTimeOffset now) =>
        row.Lock.Kind == AccessCodeKind.Mail && MailedCode.Of(row, hash, now) is { } mailed && hash.Same(mailed, code);

    private static LinkLock Generated => new(AccessCodeKind.Generated, "");

    private AccessCodeKind KindOf(MessageRow message) => message.AccessCode ?? options.Value.AccessCode;

    private string Derive(string messageId)
    {
        var number = UInt128.Parse(
            hash.For(Purpose, messageId),
            System.Globalization.NumberStyles.HexNumber,
            System.Globalization.CultureInfo.InvariantCulture
        );
        Span<char> code = stackalloc char[(2 * Half) + 1];
        for (var i = 0; i < code.Length; i++)
        {
            if (i == Half)
            {
                code[i] = '-';
                continue;
            }

            (number, var digit) = UInt128.DivRem(number, (UInt128)Alphabet.Length);
            code[i] = Alphabet[(int)digit];
        }

        return new string(code);
    }
}
