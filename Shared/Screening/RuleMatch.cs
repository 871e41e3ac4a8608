using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Screening.Reading;

namespace TlsOrLink.Screening;

/// <summary>What is known of a message before it is read.</summary>
/// <param name="Sender">Envelope sender.</param>
/// <param name="Domains">Recipient domains, each once.</param>
/// <param name="Visible">Addresses in To and Cc.</param>
/// <param name="MayHaveFiles">False where it is certain that nothing is attached.</param>
internal sealed record Outline(MailAddress Sender, IReadOnlyList<MailDomain> Domains, int Visible, bool MayHaveFiles);

/// <summary>What is known of a recipient domain.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="External">Outside the organisation.</param>
/// <param name="NeverMailed">Not mailed before; false where no rule asks.</param>
/// <param name="Like">The known domain that it looks like; null for none, or where no rule asks.</param>
internal sealed record DomainFact(MailDomain Domain, bool External, bool NeverMailed = false, MailDomain? Like = null);

/// <summary>Holds a rule against a message: all of its conditions must be met. Pure.</summary>
internal static class RuleMatch
{
    /// <summary>The rule is for messages of this sender.</summary>
    public static bool IsFor(MessageRule rule, MailAddress sender, IReadOnlyDictionary<string, string> groups) =>
        rule.Senders.Count == 0
        || rule.Senders.Any(entry =>
            SenderPattern.Parse(entry) is { } pattern
                ? pattern.Matches(sender)
                : groups.TryGetValue(entry, out var members)
                    && members.Split(',').Any(member => SenderPattern.Parse(member.Trim())?.Matches(sender) == true)
        );

    /// <summary>The hits of the conditions on recipients; null where they are not met.</summary>
    public static IReadOnlyList<RuleHit>? Recipients(MessageRule rule, IReadOnlyList<DomainFact> domains, int visible)
    {
        if (rule.Recipients is not { } wanted)
        {
            return [];
        }

        if (visible <= wanted.VisibleOver)
        {
            return null;
        }

        List<RuleHit> hits = [];
        if (wanted.AsksForDomains)
        {
            if (domains.FirstOrDefault(domain => IsMet(wanted, domain)) is not { } met)
            {
                return null;
            }

            hits.Add(new RuleHit(rule.Id, rule.Action, CodeOf(wanted), Domain: met.Domain.Name, Like: met.Like?.Name));
        }

        if (wanted.VisibleOver is not null)
        {
            hits.Add(new RuleHit(rule.Id, rule.Action, HitCodes.ManyVisible, Count: visible));
        }

        return hits;
    }

    /// <summary>The hits of the conditions on contents; null where they are not met.</summary>
    /// <param name="facts">Null where the message was not read: then no condition on contents is met.</param>
    public static IReadOnlyList<RuleHit>? Contents(MessageRule rule, ContentFacts? facts)
    {
        if (!rule.NeedsContent)
        {
            return [];
        }

        if (facts is null)
        {
            return null;
        }

        List<RuleHit> hits = [];
        return
            (rule.Words is not { } words || AddWords(rule, words, facts, hits))
            && (rule.Numbers is not { } numbers || AddNumbers(rule, numbers, facts, hits))
            && (rule.Files is not { } files || AddFile(rule, files, facts, hits))
            ? hits
            : null;
    }

    private static bool IsMet(RecipientConditions wanted, DomainFact domain) =>
        (!wanted.External || domain.External)
        && (!wanted.NeverMailed || domain.NeverMailed)
        && (!wanted.LookAlike || domain.Like is not null)
        && wanted.Lists(domain.Domain);

    private static string CodeOf(RecipientConditions wanted) =>
        wanted.LookAlike ? HitCodes.LookAlike
        : wanted.NeverMailed ? HitCodes.NeverMailed
        : wanted.Domains.Count > 0 ? HitCodes.Listed
        : HitCodes.External;

    private static bool AddWords(MessageRule rule, WordConditions words, ContentFacts facts, List<RuleHit> hits)
    {
        var place = words.Folded.Select(word => facts.Find(word, words.In)).FirstOrDefault(found => found is not null);
        if (place is not null)
        {
            hits.Add(new RuleHit(rule.Id, rule.Action, HitCodes.Words, PlaceOf(place)));
        }

        return place is not null;
    }

    private static bool AddNumbers(MessageRule rule, NumberConditions wanted, ContentFacts facts, List<RuleHit> hits)
    {
        var found = wanted.Kinds.Distinct().Select(kind => (Kind: kind, Seen: facts.Count(kind))).ToList();
        if (found.Sum(entry => entry.Seen.Count) < wanted.AtLeast)
        {
            return false;
        }

        hits.AddRange(
            found
                .Where(entry => entry.Seen.Count > 0)
                .Select(entry => new RuleHit(
                    rule.Id,
                    rule.Action,
                    entry.Kind.Word(),
                    PlaceOf(entry.Seen.First!),
                    entry.Seen.Count
                ))
        );
        return true;
    }

    private static bool AddFile(MessageRule rule, FileConditions wanted, ContentFacts facts, List<RuleHit> hits)
    {
        if (facts.Files.FirstOrDefault(file => IsMet(wanted, file)) is not { } met)
        {
            return false;
        }

        foreach (
            var (asked, code) in new[]
            {
                (wanted.Encrypted, HitCodes.Encrypted),
                (wanted.NotRead, HitCodes.NotRead),
                (wanted.Types.Count > 0, HitCodes.FileType),
                (wanted.OverBytes is not null, HitCodes.FileSize),
            }
        )
        {
            if (asked)
            {
                hits.Add(new RuleHit(rule.Id, rule.Action, code, PlaceOf(met.Place)));
            }
        }

        return true;
    }

    private static bool IsMet(FileConditions wanted, FileFact file) =>
        (!wanted.Encrypted || file.Encrypted)
        && (!wanted.NotRead || file.NotRead)
        && (wanted.OverBytes is not { } over || file.Bytes > over)
        && (
            wanted.Types.Count == 0
            || wanted.Types.Any(type =>
                type.Equals(file.Extension, StringComparison.Ordinal)
                || type.Equals(file.Kind, StringComparison.Ordinal)
            )
        );

    private static string PlaceOf(Place place) =>
        place.Section switch
        {
            Section.Subject => "subject",
            Section.FileNames => $"name:{place.Number}",
            Section.Files => $"file:{place.Number}",
            _ => "body",
        };
}
