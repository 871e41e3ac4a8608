using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages.Signing;

/// <summary>
/// Reverse-paths of our own, one for each recipient, so that a bounce from behind its server says whose it is. What is behind the <c>@</c> must lead to
/// us; nobody else can make such an address.
/// </summary>
internal sealed class BounceAddress(IOptions<IdentityOptions> options, AddressHash hash)
{
    private const string Prefix = "b";
    private const int MacLength = 10;

    /// <summary>Asked for by <c>Identity:BounceDomain</c>: then each recipient needs a transaction of its own.</summary>
    public bool IsOn => options.Value.BounceDomain is not null;

    /// <summary>The reverse-path of a recipient's mail: its sender's address, or one of ours. At most 64 octets before the <c>@</c>.</summary>
    public MailAddress Of(RecipientRow row)
    {
        if (options.Value.BounceDomain is not { } domain)
        {
            return MailAddress.Parse(row.Sender);
        }

        var mark = string.Create(CultureInfo.InvariantCulture, $"{row.MessageId}.{row.Attempt}.{row.N}");
        return MailAddress.Parse($"{Prefix}.{mark}.{MacOf(mark)}@{MailDomain.Parse(domain)}");
    }

    /// <summary>Whose bounce comes to an address; null where the address is not one that we made.</summary>
    public (string MessageId, string Attempt, int N)? Find(MailAddress address)
    {
        // Servers may change the case of what they bounce to.
        if (
            options.Value.BounceDomain is not { } domain
            || address.Domain != MailDomain.Parse(domain)
            || address.LocalPart.ToLowerInvariant().Split('.') is not [Prefix, var id, var attempt, var number, var mac]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        )
        {
            return null;
        }

        var expected = MacOf($"{id}.{attempt}.{number}");
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(expected))
            ? (id, attempt, n)
            : null;
    }

    private string MacOf(string mark) => hash.For("bounce", mark)[..MacLength];
}
