using System.Net;
using TlsOrLink.Dns;
using TlsOrLink.Mx;

namespace TlsOrLink.Dane;

/// <summary>Finds the TLSA records of an MX host (RFC 7672 sections 2.1 and 2.2).</summary>
internal sealed class DaneLookup(IResolver resolver)
{
    // The port that the records are published for; a test world's port changes nothing.
    private const string ServiceLabels = "_25._tcp";

    /// <summary>
    /// TLSA is asked for only where the MX answer and the addresses were secure: in an unsigned zone a broken TLSA look-up must not harm.
    /// </summary>
    /// <param name="mx">The answer that named the host.</param>
    /// <param name="host">The host.</param>
    /// <param name="addresses">The answer to the host's addresses.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async Task<DaneRecords> FindAsync(
        MxAnswer mx,
        MxHost host,
        DnsAnswer<IPAddress> addresses,
        CancellationToken cancellation
    )
    {
        var none = new DaneRecords(DaneStatus.NoRecords, [], host.Name, addresses.Expires);
        if (!mx.Secure)
        {
            return none;
        }

        if (addresses.Secure)
        {
            var atEnd = await AtAsync(addresses.Owner, cancellation);
            return atEnd.Status == DaneStatus.NoRecords && addresses.Owner != host.Name
                ? await AtAsync(host.Name, cancellation)
                : atEnd;
        }

        // Only an alias that is secure itself can lead from a secure name to insecure addresses (RFC 7672 section 2.2.2).
        if (addresses.Owner == host.Name)
        {
            return none;
        }

        var alias = await resolver.FindAliasAsync(host.Name, cancellation);
        return alias switch
        {
            { Status: DnsStatus.Failed } => none with { Status = DaneStatus.Failed },
            { Status: DnsStatus.Found, Secure: true } => await AtAsync(host.Name, cancellation),
            _ => none,
        };
    }

    private async Task<DaneRecords> AtAsync(DnsName baseName, CancellationToken cancellation)
    {
        if (!baseName.TryPrepend(ServiceLabels, out var name))
        {
            return new DaneRecords(DaneStatus.NoRecords, [], baseName, DateTimeOffset.MaxValue);
        }

        var answer = await resolver.FindTlsaAsync(name, cancellation);
        var usable = TlsaUsability.Select(answer.Records);
        var status = answer switch
        {
            { Status: DnsStatus.Failed } => DaneStatus.Failed,
            { Status: not DnsStatus.Found } or { Secure: false } => DaneStatus.NoRecords,
            _ => usable.Count > 0 ? DaneStatus.Usable : DaneStatus.Unusable,
        };
        return new DaneRecords(status, status == DaneStatus.Usable ? usable : [], baseName, answer.Expires);
    }
}
