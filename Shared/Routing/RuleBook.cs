using TlsOrLink.Domains;
using TlsOrLink.Faults;

namespace TlsOrLink.Routing;

/// <summary>The rules that count: those of the configuration and those put over the API, merged. Kept for <see cref="Life"/>.</summary>
internal sealed class RuleBook(DomainRules configured, DomainRuleTable table, TimeProvider clock) : IDisposable
{
    /// <summary>So long another instance may go on with a rule that was changed here.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim one = new(1);
    private volatile Snapshot? last;
    private int changes;

    private sealed record Snapshot(Dictionary<MailDomain, DomainRule> Rules, DateTimeOffset Until);

    /// <summary>The rule of a recipient domain, or null.</summary>
    /// <exception cref="TransientFault">The rules cannot be read, and none are kept: without them nothing may be sent.</exception>
    public async Task<DomainRule?> FindAsync(MailDomain domain, CancellationToken cancellation)
    {
        var stored = (await CurrentAsync(cancellation)).Rules.GetValueOrDefault(domain);
        return RuleMerge.Merge(configured.Find(domain), stored);
    }

    /// <summary>Reads anew at the next question, after a change of this instance.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref changes);
        last = null;
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private async Task<Snapshot> CurrentAsync(CancellationToken cancellation)
    {
        if (Kept() is { } kept)
        {
            return kept;
        }

        await one.WaitAsync(cancellation);
        try
        {
            return Kept() ?? await ReadAsync(cancellation);
        }
        finally
        {
            one.Release();
        }
    }

    private Snapshot? Kept() => last is { } kept && clock.GetUtcNow() < kept.Until ? kept : null;

    private async Task<Snapshot> ReadAsync(CancellationToken cancellation)
    {
        var before = Volatile.Read(ref changes);
        var until = clock.GetUtcNow() + Life; // from before the read, so that nothing older is kept longer
        var stored = await table.ReadAllAsync(cancellation);
        var read = new Snapshot(stored.ToDictionary(entry => entry.Rule.Domain, entry => entry.Rule), until);
        last = read;
        if (before != Volatile.Read(ref changes))
        {
            last = null; // read before the change: good for this question, which came before it too
        }

        return read;
    }
}
