using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>
/// Connects to hosts to see what they show. Domains that share a host at the same time share the connection, and for some minutes what it
/// showed of TLS; verdict and policy stay per domain.
/// </summary>
internal sealed class HostSightings(
    ISmtpConnector connector,
    IOptions<ProbingOptions> options,
    IOptions<SmtpOptions> smtp,
    TimeProvider clock
)
{
    private const int MaxKept = 10_000;
    private readonly ConcurrentDictionary<Key, Lazy<Task<HostSighting>>> _running = new();
    private readonly ConcurrentDictionary<Key, Kept> _kept = new();

    private readonly record struct Key(string Host, string ServerName, string Addresses);

    private sealed record Kept(HostSighting Sighting, DateTimeOffset Until);

    /// <summary>What the host shows.</summary>
    /// <exception cref="OperationCanceledException">The caller stops waiting; the connection goes on for others.</exception>
    public Task<HostSighting> SeeAsync(SmtpTarget target, CancellationToken cancellation)
    {
        var key = KeyOf(target);
        if (_kept.TryGetValue(key, out var kept) && clock.GetUtcNow() < kept.Until)
        {
            return Task.FromResult(kept.Sighting);
        }

        var run = _running.GetOrAdd(key, _ => new Lazy<Task<HostSighting>>(() => RunAsync(key, target)));
        return run.Value.WaitAsync(cancellation);
    }

    /// <summary>Forgets the host, since sending found something else.</summary>
    public void Forget(string host)
    {
        foreach (var key in _kept.Keys.Where(key => key.Host.Equals(host, StringComparison.Ordinal)))
        {
            _kept.TryRemove(key, out _);
        }
    }

    private static Key KeyOf(SmtpTarget target) =>
        new(
            target.Host,
            target.ServerName,
            string.Join(' ', target.Addresses.Select(a => a.ToString()).Order(StringComparer.Ordinal))
        );

    private async Task<HostSighting> RunAsync(Key key, SmtpTarget target)
    {
        await Task.Yield(); // the entry is in the table before it can be taken out
        try
        {
            var sighting = await ConnectAsync(target);
            Keep(key, sighting);
            return sighting;
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }

    private async Task<HostSighting> ConnectAsync(SmtpTarget target)
    {
        var outcome = await connector.ConnectAsync(
            target,
            SmtpSecurity.Required,
            smtp.Value.ProbeDeadline,
            CancellationToken.None
        );
        var sighting = HostSighting.Of(outcome);
        if (outcome is ConnectOutcome.Secured(var session))
        {
            await session.DisposeAsync();
        }

        return sighting;
    }

    private void Keep(Key key, HostSighting sighting)
    {
        if (sighting.Kind is not (SightingKind.Secured or SightingKind.NoTls))
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (_kept.Count >= MaxKept)
        {
            MakeRoom(now);
        }

        _kept[key] = new Kept(sighting, now + options.Value.SharedFor);
    }

    private void MakeRoom(DateTimeOffset now)
    {
        var entries = _kept.ToArray();
        var oldest = entries.OrderBy(entry => entry.Value.Until).Take(MaxKept / 10);
        foreach (var entry in entries.Where(entry => entry.Value.Until <= now).Concat(oldest))
        {
            _kept.TryRemove(entry);
        }
    }
}
