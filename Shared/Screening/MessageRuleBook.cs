using Microsoft.Extensions.Options;
using TlsOrLink.Faults;

namespace TlsOrLink.Screening;

/// <summary>The rules that count: those of the configuration, those put over the API, and the built-in ones. Kept for <see cref="Life"/>.</summary>
internal sealed class MessageRuleBook(
    IOptions<ScreeningOptions> options,
    IOptions<MessageRulesOptions> configured,
    MessageRuleTable table,
    TimeProvider clock
) : IDisposable
{
    /// <summary>So long another instance may go on with a rule that was changed here.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim one = new(1);
    private volatile Snapshot? last;
    private int changes;

    private sealed record Snapshot(IReadOnlyList<MessageRule> Rules, DateTimeOffset Until);

    /// <summary>Rules of everybody's messages that only warn: hints rather than policy. A PUT of the same id takes their place.</summary>
    public static IReadOnlyList<MessageRule> BuiltIn { get; } =
    [
        new("encrypted-file", Enabled: true, RuleAction.Warn) { Files = new() { Encrypted = true } },
        new("many-visible", Enabled: true, RuleAction.Warn)
        {
            Recipients = new() { External = true, VisibleOver = 10 },
        },
    ];

    /// <summary>The rules of the configuration.</summary>
    public IReadOnlyList<MessageRule> Configured { get; } =
    [.. configured.Value.Read(options.Value.Groups.Keys, static _ => { })];

    /// <summary>The enabled rules.</summary>
    /// <exception cref="TransientFault">They cannot be read, and none are kept: without them nothing may be taken.</exception>
    public async Task<IReadOnlyList<MessageRule>> EnabledAsync(CancellationToken cancellation)
    {
        if (Kept() is { } kept)
        {
            return kept.Rules;
        }

        await one.WaitAsync(cancellation);
        try
        {
            return (Kept() ?? await ReadAsync(cancellation)).Rules;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>What counts of these, and of the configuration and what is built in.</summary>
    public IEnumerable<MessageRule> Effective(IReadOnlyCollection<MessageRule> stored) =>
        Configured
            .Concat(stored)
            .Concat(
                options.Value.BuiltInRules
                    ? BuiltIn.Where(rule =>
                        !stored.Concat(Configured).Any(other => other.Id.Equals(rule.Id, StringComparison.Ordinal))
                    )
                    : []
            );

    /// <summary>Reads anew at the next question, after a change of this instance.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref changes);
        last = null;
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private Snapshot? Kept() => last is { } kept && clock.GetUtcNow() < kept.Until ? kept : null;

    private async Task<Snapshot> ReadAsync(CancellationToken cancellation)
    {
        var before = Volatile.Read(ref changes);
        var until = clock.GetUtcNow() + Life; // from before the read, so that nothing older is kept longer
        var stored = await table.ReadAllAsync(cancellation);
        var rules = Effective([.. stored.Select(entry => entry.Rule)]).Where(rule => rule.Enabled);
        var read = new Snapshot([.. rules], until);
        last = read;
        if (before != Volatile.Read(ref changes))
        {
            last = null; // read before the change: good for this question, which came before it too
        }

        return read;
    }
}
