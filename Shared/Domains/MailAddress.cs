using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TlsOrLink.Domains;

/// <summary>One address of an envelope (RFC 5321 section 4.1.2): a local part and a domain.</summary>
public sealed record MailAddress
{
    private const int MaxLocalOctets = 64;

    // A path of 256 with its angle brackets (RFC 5321 section 4.5.3.1.3).
    private const int MaxOctets = 254;

    private MailAddress(string localPart, MailDomain domain) => (LocalPart, Domain) = (localPart, domain);

    /// <summary>As given, case kept (RFC 5321 section 2.4), quotes kept where it is a quoted string.</summary>
    public string LocalPart { get; }

    /// <summary>The domain as A-labels.</summary>
    public MailDomain Domain { get; }

    /// <summary>The local part needs SMTPUTF8 (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(LocalPart);

    /// <summary>As <see cref="TryParse"/>, for text that was parsed before.</summary>
    /// <exception cref="FormatException">Not an address. The message does not repeat it.</exception>
    public static MailAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("Not a mail address.");

    /// <summary>Parses <c>local@domain</c> without display name, comments or angle brackets.</summary>
    /// <returns>False for anything else: control characters, address literals, a local part over 64 octets, over 254 in all, a bad domain.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out MailAddress? address)
    {
        address = null;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at <= 0 || !IsLocalPart(text![..at]) || !MailDomain.TryParse(text[(at + 1)..], out var domain))
        {
            return false;
        }

        if (Encoding.UTF8.GetByteCount(text[..at]) + 1 + domain.Name.Length > MaxOctets)
        {
            return false;
        }

        address = new MailAddress(text[..at], domain);
        return true;
    }

    /// <summary>The address as it stands in RCPT TO.</summary>
    public override string ToString() => $"{LocalPart}@{Domain}";

    private static bool IsLocalPart(string local) =>
        local.Length <= MaxLocalOctets
        && Encoding.UTF8.GetByteCount(local) <= MaxLocalOctets
        && local.EnumerateRunes().All(IsVisible)
        && (IsDotString(local) || IsQuotedString(local));

    private static bool IsDotString(string local) => local.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtext));

    private static bool IsAtext(char c) =>
        char.IsAsciiLetterOrDigit(c)
        || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)
        || IsUtf8NonAscii(c);

    private static bool IsUtf8NonAscii(char c) => c >= '\u00a0' && !char.IsWhiteSpace(c);

    // A lone surrogate enumerates as U+FFFD; format characters reorder or hide what a person reads.
    private static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

    private static bool IsQuotedString(string local)
    {
        if (local.Length < 3 || local[0] != '"' || local[^1] != '"')
        {
            return false;
        }

        for (var i = 1; i < local.Length - 1; i++)
        {
            var c = local[i];
            var escaped = c == '\\';
            c = escaped && ++i < local.Length - 1 ? local[i] : c;
            if ((!escaped && c == '"') || (escaped && i >= local.Length - 1))
            {
                return false;
            }
        }

        return true;
    }
}
