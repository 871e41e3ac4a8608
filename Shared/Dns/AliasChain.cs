using DnsClient;
using DnsClient.Protocol;

namespace TlsOrLink.Dns;

/// <summary>The aliases (CNAME) of one reply, from the question to their end.</summary>
/// <param name="End">The last name.</param>
/// <param name="Length">Number of aliases.</param>
/// <param name="Life">The shortest time to live among them.</param>
internal sealed record AliasChain(DnsName End, int Length, TimeSpan Life)
{
    /// <summary>Aliases followed at most.</summary>
    public const int MaxLength = 10;

    /// <summary>Follows the aliases in the answers; null for a chain that is too long, loops, or leads to a name that cannot be asked for.</summary>
    public static AliasChain? Walk(DnsName question, QueryType type, IReadOnlyList<DnsResourceRecord> answers)
    {
        var chain = new AliasChain(question, 0, TimeSpan.MaxValue);
        while (
            type != QueryType.CNAME
            && answers.FirstOrDefault(record => Is(record, chain.End, ResourceRecordType.CNAME)) is CNameRecord alias
        )
        {
            if (chain.Length == MaxLength || !DnsName.TryParse(alias.CanonicalName.Value, out var target))
            {
                return null;
            }

            var life = LifeOf(alias);
            chain = new AliasChain(target, chain.Length + 1, life < chain.Life ? life : chain.Life);
        }

        return chain;
    }

    /// <summary>The record is of the type and belongs to the name.</summary>
    /// <remarks>DnsClient turns A-labels of owners into U-labels in <c>Value</c>; <c>Original</c> is what was on the wire.</remarks>
    public static bool Is(DnsResourceRecord record, DnsName owner, ResourceRecordType type) =>
        record.RecordType == type
        && record.RecordClass == QueryClass.IN
        && DnsName.TryParse(record.DomainName.Original, out var name)
        && name == owner;

    /// <summary>The time to live; a negative one counts as zero (RFC 2181 section 8).</summary>
    public static TimeSpan LifeOf(DnsResourceRecord record) =>
        TimeSpan.FromSeconds(Math.Max(0, record.InitialTimeToLive));
}
