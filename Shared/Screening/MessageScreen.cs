using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Screening;

/// <summary>The rules whose conditions on sender and recipients a message meets.</summary>
/// <param name="Met">Each with the hits so far.</param>
/// <param name="NeedsContent">One of them asks for contents: the message has to be read.</param>
internal sealed record ScreeningPlan(
    IReadOnlyList<(MessageRule Rule, IReadOnlyList<RuleHit> Hits)> Met,
    bool NeedsContent
);

/// <summary>What the rules say of a message. The strictest action wins; a link that any rule wants is kept beside a hold.</summary>
/// <param name="Hits">All of them, of all rules.</param>
internal sealed record Screened(IReadOnlyList<RuleHit> Hits)
{
    /// <summary>The message is not taken.</summary>
    public bool IsRejected => Hits.Any(hit => hit.Action == RuleAction.Reject);

    /// <summary>Files go by link.</summary>
    public bool ForcesLink => Hits.Any(hit => hit.Action == RuleAction.Link);

    /// <summary>The message waits for its sender.</summary>
    public bool Holds => Hits.Any(hit => hit.Action == RuleAction.Hold);

    /// <summary>The message waits for an approver.</summary>
    public bool NeedsApproval => Hits.Any(hit => hit.Action == RuleAction.Approve);
}

/// <summary>Holds the rules against messages at intake.</summary>
internal sealed class MessageScreen(
    MessageRuleBook book,
    KnownDomains known,
    IOptions<ScreeningOptions> options,
    TimeProvider clock
) : IDisposable
{
    /// <summary>Parts of a message beyond which it is not read.</summary>
    private const int MaxParts = 5_000;

    private readonly SemaphoreSlim readers = new(options.Value.Readers);

    /// <summary>Judges what is known before the message is read.</summary>
    /// <exception cref="TransientFault">The rules cannot be read.</exception>
    public async Task<ScreeningPlan> PlanAsync(Outline outline, CancellationToken cancellation)
    {
        var rules = (await book.EnabledAsync(cancellation))
            .Where(rule => RuleMatch.IsFor(rule, outline.Sender, options.Value.Groups))
            .ToList();
        var domains = await DomainsAsync(outline, rules.Exists(rule => rule.NeedsHistory), cancellation);
        var met = rules
            .Select(rule => (Rule: rule, Hits: RuleMatch.Recipients(rule, domains, outline.Visible)))
            .Where(entry => entry.Hits is not null)
            .Select(entry => (entry.Rule, entry.Hits!))
            .ToList();
        return new ScreeningPlan(
            met,
            met.Exists(entry =>
                entry.Rule.Words is not null
                || entry.Rule.Numbers is not null
                || (entry.Rule.Files is not null && outline.MayHaveFiles)
            )
        );
    }

    /// <summary>Judges the whole.</summary>
    /// <param name="plan">Of this message.</param>
    /// <param name="message">As stored, from its begin; null where the plan does not need it.</param>
    /// <exception cref="TransientFault">Storage went away.</exception>
    public async Task<Screened> ScreenAsync(ScreeningPlan plan, Stream? message, CancellationToken cancellation)
    {
        var facts = message is null ? null : await ReadAsync(plan, message, cancellation);
        List<RuleHit> hits = [];
        foreach (var (rule, before) in plan.Met)
        {
            if (RuleMatch.Contents(rule, facts) is { } more)
            {
                hits.AddRange(
                    before.Count + more.Count > 0
                        ? [.. before, .. more]
                        : [new RuleHit(rule.Id, rule.Action, HitCodes.Sender)]
                );
            }
        }

        return new Screened(hits);
    }

    /// <inheritdoc/>
    public void Dispose() => readers.Dispose();

    private async Task<ContentFacts> ReadAsync(ScreeningPlan plan, Stream message, CancellationToken cancellation)
    {
        var rules = plan.Met.Select(entry => entry.Rule).ToList();
        var wanted = new Wanted(
            [.. rules.SelectMany(rule => rule.Words?.Folded ?? []).Distinct()],
            rules.Exists(rule => rule.Numbers is not null)
        );
        await readers.WaitAsync(cancellation);
        try
        {
            var facts = new ContentFacts();
            var bounds = new ReadingBounds(options.Value, clock);
            var reader = new MailReader(new FileReader(wanted, facts, bounds), facts, bounds);
            await reader.ReadAsync(message, MaxParts, cancellation);
            if (facts.IsCut)
            {
                facts.Add(new FileFact(new Place(Section.Body), "", FileKinds.Mail, message.Length, NotRead: true));
            }

            return facts;
        }
        finally
        {
            readers.Release();
        }
    }

    private async Task<IReadOnlyList<DomainFact>> DomainsAsync(
        Outline outline,
        bool history,
        CancellationToken cancellation
    )
    {
        List<DomainFact> facts = [];
        var all = history ? await known.AllAsync(cancellation) : [];
        foreach (var domain in outline.Domains)
        {
            var external = IsExternal(domain, outline.Sender.Domain);
            var isNew = history && external && !await known.HasAsync(domain, cancellation);
            facts.Add(new DomainFact(domain, external, isNew, isNew ? LookAlikes.Find(domain, Comparable(all)) : null));
        }

        return facts;

        IReadOnlyCollection<MailDomain> Comparable(IReadOnlyCollection<MailDomain> mailed) =>
            [.. mailed, .. options.Value.OwnDomains.Select(MailDomain.Parse), outline.Sender.Domain];
    }

    private bool IsExternal(MailDomain domain, MailDomain senders)
    {
        IEnumerable<MailDomain> own =
            options.Value.OwnDomains.Count > 0 ? options.Value.OwnDomains.Select(MailDomain.Parse) : [senders];
        return !own.Any(mine => domain == mine || domain.Name.EndsWith($".{mine.Name}", StringComparison.Ordinal));
    }
}
