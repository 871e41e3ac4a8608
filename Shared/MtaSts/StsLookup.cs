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
        var asking = FindRecordAsync(domain, cancellation);
        var kept = await store.ReadAsync(domain, cancellation);
        var step = StsDecision.Next(kept, await asking, clock.GetUtcNow());
        if (step.FetchId is not { } id)
        {
            return step.Outcome;
        }

        try
        {
            var fetched = await fetcher.FetchAsync(domain, cancellation);
            var (entry, outcome) = StsDecision.Settle(kept, id, fetched, clock.GetUtcNow());
            await store.WriteAsync(domain, entry, cancellation);
            return outcome;
        }
        catch (OperationCanceledException) when (kept is not null)
        {
            return step.Outcome; // whoever slows the policy host down must not make us forget its policy
        }
    }

    /// <summary>The record; where the token ends first, as one that could not be asked for: what is kept must still be said.</summary>
    private async Task<StsRecord> FindRecordAsync(MailDomain domain, CancellationToken cancellation)
    {
        if (!DnsName.Of(domain).TryPrepend(RecordLabel, out var name))
        {
            return StsRecord.Absent;
        }

        try
        {
            return StsRecord.Read(await resolver.FindTextAsync(name, cancellation));
        }
        catch (OperationCanceledException)
        {
            return new StsRecord(null, StsReasons.RecordFailed);
        }
    }
}
