using TlsOrLink.Dns;
using TlsOrLink.Faults;

namespace TlsOrLink.Inbound;

/// <summary>Key records of signing domains (RFC 6376 section 3.6.2), by the one resolver.</summary>
internal sealed class DkimKeys(IResolver resolver)
{
    /// <summary>The record; null where there is none, or several.</summary>
    /// <exception cref="TransientFault">The domain's name servers do not answer: nothing is known of the mail yet.</exception>
    public async Task<string?> FindAsync(string domain, string selector, CancellationToken cancellation)
    {
        if (!DnsName.TryParse($"{selector}._domainkey.{domain}", out var name))
        {
            return null;
        }

        var answer = await resolver.FindTextAsync(name, cancellation);
        return answer.Status switch
        {
            DnsStatus.Failed => throw new TransientFault("The key of a mail's signature could not be looked up."),
            DnsStatus.Found when answer.Records is [var record] => record,
            _ => null,
        };
    }
}
