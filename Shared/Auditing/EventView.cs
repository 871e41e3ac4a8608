using TlsOrLink.Events;

namespace TlsOrLink.Auditing;

/// <summary>An event as the API and the exports show it: everything that its MAC covers.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Chain"><c>m</c>, or <c>r{n}</c> of recipient n.</param>
/// <param name="Number">From 1.</param>
/// <param name="At">As the MAC covers it.</param>
/// <param name="Kind">Slug.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Data">Small facts.</param>
/// <param name="Previous">MAC of the event before it.</param>
/// <param name="Mac">Its own.</param>
internal sealed record EventView(
    string MessageId,
    string Chain,
    int Number,
    string At,
    string Kind,
    string Actor,
    IReadOnlyDictionary<string, string> Data,
    string Previous,
    string Mac
)
{
    public static EventView Of(ChainEvent entry) =>
        new(
            entry.MessageId,
            entry.Chain,
            entry.Number,
            CanonicalTime.Of(entry.At),
            entry.Kind,
            entry.Actor,
            entry.Data,
            entry.Previous,
            entry.Mac
        );
}

/// <summary>A chain's head as the API shows it.</summary>
internal sealed record HeadView(string Chain, int Count, string Mac, string Seal)
{
    public static HeadView Of(string chain, ChainHead head) => new(chain, head.Count, head.Mac, head.Seal);
}

/// <summary>A message's trail as the API shows it.</summary>
/// <param name="Id">The message.</param>
/// <param name="Heads">By chain.</param>
/// <param name="Events">Oldest first.</param>
/// <param name="Verification">Null where it was not asked for.</param>
internal sealed record TrailView(
    string Id,
    IReadOnlyList<HeadView> Heads,
    IReadOnlyList<EventView> Events,
    VerificationView? Verification
)
{
    public static TrailView Of(AuditTrail trail, IReadOnlyList<ChainDefect>? defects) =>
        new(
            trail.Message.Id,
            [
                .. trail
                    .Heads.OrderBy(head => head.Key, StringComparer.Ordinal)
                    .Select(head => HeadView.Of(head.Key, head.Value)),
            ],
            [.. trail.Events.Select(EventView.Of)],
            defects is null ? null : new VerificationView(defects.Count == 0, defects)
        );
}

/// <summary>What a verification found.</summary>
/// <param name="Intact">Nothing is wrong.</param>
/// <param name="Defects">What is wrong, by chain and number.</param>
internal sealed record VerificationView(bool Intact, IReadOnlyList<ChainDefect> Defects);
