using Microsoft.Extensions.Options;
using TlsOrLink.Dane;
using TlsOrLink.Dns;
using TlsOrLink.Mx;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>A host of a domain with what it showed.</summary>
internal sealed record SeenHost(MxHost Host, HostSighting Sighting, DaneRecords Dane);

/// <summary>Looks at all hosts of a domain, a few at a time.</summary>
internal sealed class HostProber(
    MxLookup mx,
    DaneLookup dane,
    HostSightings sightings,
    IOptions<ProbingOptions> options,
    TimeProvider clock
)
{
    /// <summary>
    /// What each host shows, in the order of use. When one is good, the others have a little more time: a dead second host must not hold
    /// every message up. Never later than <paramref name="deadline"/>, and never its exception.
    /// </summary>
    public async Task<IReadOnlyList<SeenHost>> SeeAllAsync(MxAnswer answer, CancellationToken deadline)
    {
        using var places = new SemaphoreSlim(options.Value.HostsAtOnce);
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline, grace.Token);
        var good = 0;
        return await Task.WhenAll(answer.Hosts.Select(SeeAsync));

        async Task<SeenHost> SeeAsync(MxHost host)
        {
            try
            {
                await places.WaitAsync(both.Token);
            }
            catch (OperationCanceledException)
            {
                return NotSeen(host, deadline);
            }

            try
            {
                var seen = await SeeOneAsync(answer, host, both.Token);
                if (seen.Sighting.Tls is { Certificate.Errors.Count: 0 } && Interlocked.Exchange(ref good, 1) == 0)
                {
                    grace.CancelAfter(options.Value.Grace);
                }

                return seen;
            }
            catch (OperationCanceledException)
            {
                return NotSeen(host, deadline);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private async Task<SeenHost> SeeOneAsync(MxAnswer answer, MxHost host, CancellationToken deadline)
    {
        var addresses = await mx.FindAddressesAsync(host, deadline);
        if (addresses.Records.Count == 0)
        {
            var reason = addresses.Status == DnsStatus.Failed ? addresses.Failure : null;
            return new SeenHost(
                host,
                HostSighting.Unreachable(reason ?? SmtpReasons.NoAddress),
                new DaneRecords(DaneStatus.NoRecords, [], host.Name, addresses.Expires)
            );
        }

        // The records are asked for first: they say which name goes into SNI.
        var records = await dane.FindAsync(answer, host, addresses, deadline);
        var serverName = records.Status == DaneStatus.Usable ? records.BaseName : host.Name;
        var target = new SmtpTarget(host.Name.Value, addresses.Records) { ServerName = serverName.Value };
        return new SeenHost(host, await sightings.SeeAsync(target, deadline), records);
    }

    private static SeenHost NotSeen(MxHost host, CancellationToken deadline) =>
        new(
            host,
            HostSighting.Unreachable(
                deadline.IsCancellationRequested ? SmtpReasons.Timeout : ProbingReasons.NotAwaited
            ),
            new DaneRecords(DaneStatus.NoRecords, [], host.Name, DateTimeOffset.MaxValue)
        );
}
