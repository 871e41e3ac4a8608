using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Probing;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Verdicts;

/// <inheritdoc cref="IVerdicts"/>
internal sealed partial class VerdictCache(
    VerdictStore store,
    SharedProbe shared,
    HostSightings sightings,
    IOptions<VerdictsOptions> options,
    TimeProvider clock,
    ILogger<VerdictCache> logger
) : IVerdicts, IDisposable
{
    private readonly VerdictsOptions _options = options.Value;
    private readonly ConcurrentDictionary<MailDomain, Lazy<Task<TlsVerdict>>> _running = new();
    private readonly ConcurrentDictionary<MailDomain, Lazy<Task<VerdictRead>>> _reading = new();
    private readonly SemaphoreSlim _probes = new(options.Value.ProbesAtOnce);
    private readonly SemaphoreSlim _refreshes = new(Math.Max(1, options.Value.RefreshesAtOnce));

    /// <inheritdoc/>
    public async Task<TlsVerdict> GetAsync(MailDomain domain, CancellationToken cancellation)
    {
        var (verdict, _) = await ReadAsync(domain, cancellation);
        var now = clock.GetUtcNow();
        if (verdict is not null && now < verdict.LivesUntil)
        {
            CountLookup("hit");
            return verdict;
        }

        if (verdict is { Level: > TlsLevel.Undeliverable } && now < verdict.LivesUntil + _options.StaleFor)
        {
            CountLookup("stale");
            RefreshBehind(domain);
            return verdict;
        }

        CountLookup("miss");
        return await ProbeAsync(domain, null, cancellation);
    }

    /// <inheritdoc/>
    public async Task<TlsVerdict> GetFreshAsync(MailDomain domain, CancellationToken cancellation) =>
        await FindKeptAsync(domain, cancellation) ?? await ProbeAsync(domain, null, cancellation);

    /// <inheritdoc/>
    public async Task<TlsVerdict?> FindKeptAsync(MailDomain domain, CancellationToken cancellation)
    {
        var (verdict, _) = await ReadAsync(domain, cancellation);
        return verdict is not null && clock.GetUtcNow() < verdict.LivesUntil ? verdict : null;
    }

    /// <inheritdoc/>
    public async Task<TlsVerdict> RefreshAsync(MailDomain domain, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow();
        await ForgetSightingsAsync(domain, cancellation);
        return await ProbeAsync(domain, since, cancellation);
    }

    /// <inheritdoc/>
    public async Task DropAsync(MailDomain domain, CancellationToken cancellation)
    {
        await ForgetSightingsAsync(domain, cancellation);
        await store.DropAsync(domain, cancellation);
        _reading.TryRemove(domain, out _);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _probes.Dispose();
        _refreshes.Dispose();
    }

    private static void CountLookup(string found) =>
        Measures.VerdictLookups.Add(1, new KeyValuePair<string, object?>(MeasureTags.Cache, found));

    private async Task ForgetSightingsAsync(MailDomain domain, CancellationToken cancellation)
    {
        var (verdict, _) = await ReadAsync(domain, cancellation);
        foreach (var host in verdict?.Hosts ?? [])
        {
            sightings.Forget(host.Host);
        }
    }

    /// <summary>Those who ask at the same time share one read.</summary>
    private Task<VerdictRead> ReadAsync(MailDomain domain, CancellationToken cancellation) =>
        _reading
            .GetOrAdd(domain, _ => new Lazy<Task<VerdictRead>>(() => ReadOnceAsync(domain)))
            .Value.WaitAsync(cancellation);

    private async Task<VerdictRead> ReadOnceAsync(MailDomain domain)
    {
        await Task.Yield(); // the entry is in the table before it can be taken out
        try
        {
            return await store.ReadAsync(domain, CancellationToken.None);
        }
        finally
        {
            _reading.TryRemove(domain, out _);
        }
    }

    private Task<TlsVerdict> ProbeAsync(MailDomain domain, DateTimeOffset? since, CancellationToken cancellation) =>
        _running
            .GetOrAdd(domain, _ => new Lazy<Task<TlsVerdict>>(() => RunAsync(domain, since)))
            .Value.WaitAsync(cancellation);

    private async Task<TlsVerdict> RunAsync(MailDomain domain, DateTimeOffset? since)
    {
        await Task.Yield(); // the entry is in the table before it can be taken out
        try
        {
            await _probes.WaitAsync();
            try
            {
                return await shared.FindAsync(domain, since, CancellationToken.None);
            }
            finally
            {
                _probes.Release();
            }
        }
        finally
        {
            _running.TryRemove(domain, out _);
        }
    }

    private void RefreshBehind(MailDomain domain)
    {
        if (_running.ContainsKey(domain) || _options.RefreshesAtOnce == 0 || !_refreshes.Wait(0))
        {
            return;
        }

        _ = RefreshBehindAsync(domain);
    }

    private async Task RefreshBehindAsync(MailDomain domain)
    {
        try
        {
            await ProbeAsync(domain, null, CancellationToken.None);
        }
        catch (Exception fault) when (VerdictStore.IsOfStorage(fault) || fault is OperationCanceledException)
        {
            LogRefresh(fault);
        }
        finally
        {
            _refreshes.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A verdict could not be found anew; the old one stays for now.")]
    private partial void LogRefresh(Exception fault);
}
