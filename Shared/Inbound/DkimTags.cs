using System.Globalization;
using TlsOrLink.Domains;

namespace TlsOrLink.Inbound;

/// <summary>The tags of a DKIM-Signature field (RFC 6376 section 3.5). Pure.</summary>
internal sealed class DkimTags
{
    private readonly Dictionary<string, string> tags = new(StringComparer.Ordinal);

    private DkimTags() { }

    /// <summary>The domain that signed; null where it is none.</summary>
    public MailDomain? Domain => MailDomain.TryParse(tags.GetValueOrDefault("d", ""), out var domain) ? domain : null;

    /// <summary>Where its key stands, with <see cref="Domain"/>; empty where it does not say.</summary>
    public string Selector => this["s"] ?? "";

    /// <summary>Domain of the identity that it is of (<c>i=</c>); that of the signer where it does not say.</summary>
    public MailDomain? Identity =>
        this["i"] is not { } identity ? Domain
        : MailDomain.TryParse(identity[(identity.LastIndexOf('@') + 1)..], out var domain) ? domain
        : null;

    /// <summary>A tag without white space; null where it does not stand there.</summary>
    public string? this[string tag] => tags.GetValueOrDefault(tag);

    /// <summary>The signature itself, in the one spelling of its number; empty where it is none: the last letter of base64 has bits that say nothing.</summary>
    public string Signature
    {
        get
        {
            var text = tags.GetValueOrDefault("b", "");
            var bytes = new byte[text.Length];
            return Convert.TryFromBase64String(text, bytes, out var length)
                ? Convert.ToBase64String(bytes.AsSpan(0, length).TrimStart((byte)0))
                : "";
        }
    }

    /// <summary>Only a part of the body is signed.</summary>
    public bool IsPartial => tags.ContainsKey("l");

    /// <summary>When it was signed; null where it does not say.</summary>
    public DateTimeOffset? At => Instant("t");

    /// <summary>When it ends; null where it does not say.</summary>
    public DateTimeOffset? Until => Instant("x");

    /// <summary>Names of the signed fields, in lower case, as often as they stand there.</summary>
    public IReadOnlyList<string> Fields =>
        [.. tags.GetValueOrDefault("h", "").Split(':').Select(name => name.ToLowerInvariant())];

    /// <summary>Reads the value of the field; a tag that stands there twice makes it none.</summary>
    public static DkimTags? Read(string value)
    {
        var read = new DkimTags();
        foreach (var part in value.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var tag = (equals < 0 ? part : part[..equals]).Trim();
            var text = equals < 0 ? "" : string.Concat(part[(equals + 1)..].Where(c => !char.IsWhiteSpace(c)));
            if (tag.Length > 0 && !read.tags.TryAdd(tag, text))
            {
                return null;
            }
        }

        return read;
    }

    /// <summary>
    /// The author's own domain signed, or one above it: what is above a domain may sign for it anyway. A domain below it may be somebody else's to
    /// whom it was lent.
    /// </summary>
    public static bool IsAligned(MailDomain signer, MailDomain author) =>
        signer == author || author.Name.EndsWith($".{signer.Name}", StringComparison.OrdinalIgnoreCase);

    private DateTimeOffset? Instant(string tag) =>
        long.TryParse(tags.GetValueOrDefault(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= int.MaxValue
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
