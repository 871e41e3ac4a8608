using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Events;

/// <summary>What is wrong with one chain.</summary>
/// <param name="Chain"><c>m</c>, or <c>r{n}</c> of recipient n.</param>
/// <param name="Number">The event, or the first of several; 0 where the whole chain is meant.</param>
/// <param name="Last">The last of several.</param>
/// <param name="Kind">One of the words of <see cref="ChainVerifier"/>.</param>
internal sealed record ChainDefect(string Chain, int Number, int Last, string Kind);

/// <summary>Finds what somebody did to a message's audit trail. Pure; <c>tools/verify-audit.py</c> says the same of the same trail.</summary>
internal static class ChainVerifier
{
    /// <summary>The event does not carry the MAC of what it says, where it stands.</summary>
    public const string Altered = "altered";

    /// <summary>Events are not there.</summary>
    public const string Missing = "missing";

    /// <summary>The event does not follow the one before it.</summary>
    public const string Unlinked = "unlinked";

    /// <summary>The event stands behind the chain's head, or beside another of its number.</summary>
    public const string Surplus = "surplus";

    /// <summary>The head is not sealed by our key.</summary>
    public const string HeadAltered = "head-altered";

    /// <summary>The last event is not the one that the head names.</summary>
    public const string HeadMismatch = "head-mismatch";

    /// <summary>The row that owns the chain is not there.</summary>
    public const string OwnerMissing = "owner-missing";

    /// <summary>More than any message has: an altered event must not cost more.</summary>
    private const int MaxRecipients = 100_000;

    /// <summary>All defects, by chain and number; none where the trail is whole.</summary>
    /// <param name="key">The key of the chains.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="heads">By chain, what its owner's row says.</param>
    /// <param name="events">All events of the message, in any order.</param>
    public static IReadOnlyList<ChainDefect> Verify(
        ChainKey key,
        string messageId,
        IReadOnlyDictionary<string, ChainHead> heads,
        IEnumerable<ChainEvent> events
    )
    {
        var chains = events.ToLookup(entry => entry.Chain, StringComparer.Ordinal);
        return
        [
            .. chains
                .Select(chain => chain.Key)
                .Concat(heads.Keys)
                .Concat(Expected(chains))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .SelectMany(chain => Check(key, messageId, chain, heads.GetValueOrDefault(chain), chains[chain])),
        ];
    }

    /// <summary>The first event of the message says how many recipients there are.</summary>
    private static IEnumerable<string> Expected(ILookup<string, ChainEvent> chains)
    {
        var first = chains["m"].FirstOrDefault(entry => entry.Number == 1);
        var count = int.TryParse(
            first?.Data.GetValueOrDefault("recipients"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;
        return Enumerable
            .Range(0, Math.Min(count, MaxRecipients))
            .Select(n => string.Create(CultureInfo.InvariantCulture, $"r{n}"))
            .Prepend("m");
    }

    private static List<ChainDefect> Check(
        ChainKey key,
        string messageId,
        string chain,
        ChainHead? head,
        IEnumerable<ChainEvent> events
    )
    {
        List<ChainDefect> defects = [];
        var isSealed = head is not null && head.IsSealedBy(key, messageId, chain);
        if (head is null)
        {
            defects.Add(new ChainDefect(chain, 0, 0, OwnerMissing));
        }
        else if (!isSealed)
        {
            defects.Add(new ChainDefect(chain, 0, 0, HeadAltered));
        }

        var (number, mac) = (0, "");
        foreach (var entry in events.OrderBy(entry => entry.Number))
        {
            defects.AddRange(CheckNext(key, entry, number, mac, isSealed ? head!.Count : int.MaxValue));
            (number, mac) = (Math.Max(number, entry.Number), entry.Mac);
        }

        if (isSealed && head!.Count > number)
        {
            defects.Add(new ChainDefect(chain, number + 1, head.Count, Missing));
        }
        else if (isSealed && head!.Count == number && !Same(head.Mac, mac))
        {
            defects.Add(new ChainDefect(chain, number, number, HeadMismatch));
        }

        return defects;
    }

    private static IEnumerable<ChainDefect> CheckNext(
        ChainKey key,
        ChainEvent entry,
        int before,
        string previous,
        int count
    )
    {
        if (entry.Number > before + 1)
        {
            yield return new ChainDefect(entry.Chain, before + 1, entry.Number - 1, Missing);
        }

        if (entry.Number <= before || entry.Number > count)
        {
            yield return new ChainDefect(entry.Chain, entry.Number, entry.Number, Surplus);
        }

        if (!Same(entry.Mac, key.MacOf(entry)))
        {
            yield return new ChainDefect(entry.Chain, entry.Number, entry.Number, Altered);
        }

        if (entry.Number == before + 1 && !Same(entry.Previous, previous))
        {
            yield return new ChainDefect(entry.Chain, entry.Number, entry.Number, Unlinked);
        }
    }

    private static bool Same(string given, string computed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(computed));
}
