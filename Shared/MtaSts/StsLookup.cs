using TlsOrLink.Dns;
using TlsOrLink.Domains;

namespace TlsOrLink.MtaSts;

/// <summary>Finds the MTA-STS policy that applies to a domain now (RFC 8461 section 5.1).</summary>
internal sealed class StsLookup(IResolver resolver, IMtaStsStore store, IStsFetcher fetcher, TimeProvider clock)
{
    private const string RecordLabel = "_mta-sts";

    /// <summary>
    /// Asks for the record and reads the store at once, and fetches only where the record names an id that is not kept. Independent of the
    /// MX look-up: start both together.
    /// </summary>
    public async Task<StsOutcome> FindAsync(MailDomain domain, CancellationToken cancellation)
    {
        var reading = store.ReadAsync(domain, cancellation);
        var record = await FindRecordAsync(domain, cancellation);
        var kept = await reading;
        var step = StsDecision.Next(kept, record, clock.GetUtcNow());
        if (step.FetchId is not { } id)
        {
            return step.Outcome;
        }

        var fetched = await fetcher.FetchAsync(domain, cancellation);
        var (entry, outcome) = StsDecision.Settle(kept, id, fetched, clock.GetUtcNow());
        await store.WriteAsync(domain, entry, cancellation);
        return outcome;
    }

    private async Task<StsRecord> FindRecordAsync(MailDomain domain, CancellationToken cancellation) =>
        DnsName.Of(domain).TryPrepend(RecordLabel, out var name)
            ? StsRecord.Read(await resolver.FindTextAsync(name, cancellation))
            : StsRecord.Absent;
}
