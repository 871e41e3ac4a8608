using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Verdicts;

/// <summary>Probes a domain so that no two instances do it at the same time: by lease, or by waiting for who holds it.</summary>
internal sealed class SharedProbe(
    VerdictStore store,
    ProbeLeases leases,
    IDomainProber prober,
    IOptions<VerdictsOptions> options,
    TimeProvider clock
)
{
    private readonly VerdictsOptions _options = options.Value;

    /// <summary>A verdict found after <paramref name="since"/>, or one that still lives.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="since">Null: any that lives will do.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<TlsVerdict> FindAsync(MailDomain domain, DateTimeOffset? since, CancellationToken cancellation)
    {
        var giveUp = clock.GetUtcNow() + _options.LongestWait;
        try
        {
            while (clock.GetUtcNow() < giveUp)
            {
                if (await leases.TryTakeAsync(domain, cancellation) is { } lease)
                {
                    return await HoldAsync(domain, since, lease, cancellation);
                }

                await Task.Delay(_options.Poll, clock, cancellation);
                if (Serves(await store.ReadAsync(domain, cancellation), since) is { } found)
                {
                    return found;
                }
            }
        }
        catch (Exception fault) when (VerdictStore.IsOfStorage(fault))
        {
            return await ProbeAsync(domain, cancellation); // without storage: probe all the same
        }

        return await ProbeAsync(domain, cancellation);
    }

    private async Task<TlsVerdict> ProbeAsync(MailDomain domain, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        var verdict = await prober.ProbeAsync(domain, cancellation);
        Measures.ProbeDuration.Record(
            clock.GetElapsedTime(begun).TotalSeconds,
            new KeyValuePair<string, object?>(MeasureTags.Level, Measures.Word(verdict.Level))
        );
        return verdict;
    }

    private async Task<TlsVerdict> HoldAsync(
        MailDomain domain,
        DateTimeOffset? since,
        TableEntity lease,
        CancellationToken cancellation
    )
    {
        var finding = LookOrProbeAsync(domain, since, cancellation);
        var held = await KeepAsync(lease, finding, cancellation);
        var (verdict, isNew) = await finding;
        if (isNew && verdict.LivesUntil > clock.GetUtcNow())
        {
            await store.WriteAsync(verdict, held ? lease : null, cancellation);
        }
        else if (held)
        {
            await ReleaseAsync(lease, cancellation);
        }

        return verdict;
    }

    /// <summary>Another may have finished between our last look and our lease.</summary>
    private async Task<(TlsVerdict Verdict, bool IsNew)> LookOrProbeAsync(
        MailDomain domain,
        DateTimeOffset? since,
        CancellationToken cancellation
    ) =>
        Serves(await store.ReadAsync(domain, cancellation), since) is { } found
            ? (found, false)
            : (await ProbeAsync(domain, cancellation), true);

    /// <summary>Renews the lease until the work under it ends; false where it was lost.</summary>
    private async Task<bool> KeepAsync(TableEntity lease, Task work, CancellationToken cancellation)
    {
        var held = true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (await Task.WhenAny(work, Task.Delay(_options.LeaseLife / 3, clock, stop.Token)) != work)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            held = held && await TryRenewAsync(lease, cancellation);
        }

        await stop.CancelAsync();
        return held;
    }

    private async Task<bool> TryRenewAsync(TableEntity lease, CancellationToken cancellation)
    {
        try
        {
            return await leases.TryRenewAsync(lease, cancellation);
        }
        catch (Exception fault) when (VerdictStore.IsOfStorage(fault))
        {
            return false; // the probe goes on; the lease runs out on its own
        }
    }

    private async Task ReleaseAsync(TableEntity lease, CancellationToken cancellation)
    {
        try
        {
            await leases.ReleaseAsync(lease, cancellation);
        }
        catch (Exception fault) when (VerdictStore.IsOfStorage(fault))
        {
            // runs out on its own, in seconds
        }
    }

    private TlsVerdict? Serves(VerdictRead read, DateTimeOffset? since) =>
        read.Verdict is { } verdict
        && (since is null ? clock.GetUtcNow() < verdict.LivesUntil : verdict.FoundAt > since)
            ? verdict
            : null;
}
