using TlsOrLink.Domains;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>Whom a link was mailed to.</summary>
internal static class LinkHolders
{
    /// <summary>The typed address is the one to which the link was mailed; false where it is none.</summary>
    public static bool IsFor(this LinkRow row, string? typed, AddressHash hash) =>
        MailAddress.TryParse(typed?.Trim(), out var address) && hash.Same(row.RecipientHash, hash.Of(address));
}
