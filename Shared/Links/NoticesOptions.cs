using TlsOrLink.Domains;
using TlsOrLink.Settings;

namespace TlsOrLink.Links;

/// <summary>Section <c>Notices</c>: a list, <c>Notices:0:Folder</c> and so on. Notices of link mails in a sender group's own words.</summary>
internal sealed class NoticesOptions
{
    public const string Section = "Notices";

    /// <summary>The groups; of those that a sender is in, the first counts.</summary>
    public List<NoticeSettings> Notices { get; set; } = [];
}

/// <summary>A group of senders, and where its templates are.</summary>
internal sealed class NoticeSettings
{
    private const string WholeDomain = "*@";

    /// <summary>Senders of the group: an address, or <c>*@domain</c> for all of a domain (not of its subdomains).</summary>
    [Example("*@sales.example.co.jp")]
    public List<string> Senders { get; set; } = [];

    /// <summary>
    /// Folder with the group's templates, such as <c>notice.ja.txt</c>, named and made as those of <c>Shared/Links/Templates</c>; a relative path begins at the
    /// app. Kinds that are not there are the product's. A template that lacks a field, or that nobody knows, stops the start.
    /// </summary>
    [Example("notices/sales")]
    public string Folder { get; set; } = "";

    /// <summary>The address is one of the group's.</summary>
    public bool Has(MailAddress sender) => Senders.Exists(pattern => Matches(pattern, sender));

    /// <summary>An address, or <c>*@</c> and a domain.</summary>
    public static bool IsPattern(string text) =>
        text.StartsWith(WholeDomain, StringComparison.Ordinal)
            ? MailDomain.TryParse(text[WholeDomain.Length..], out _)
            : MailAddress.TryParse(text, out _);

    private static bool Matches(string pattern, MailAddress sender) =>
        pattern.StartsWith(WholeDomain, StringComparison.Ordinal)
            ? MailDomain.TryParse(pattern[WholeDomain.Length..], out var domain) && domain == sender.Domain
            : MailAddress.TryParse(pattern, out var one)
                && one.Domain == sender.Domain
                && string.Equals(one.LocalPart, sender.LocalPart, StringComparison.OrdinalIgnoreCase);
}
