using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Events;

/// <summary>The HMACs of the audit trail (HMAC-SHA-256, lower-case hex). What exactly they cover is in <c>docs/audit.md</c>.</summary>
internal sealed class ChainKey(IOptions<EventsOptions> options)
{
    private const string EventLabel = "tlsorlink-event-1";
    private const string HeadLabel = "tlsorlink-head-1";
    private const string NameLabel = "tlsorlink-name-1";
    private readonly byte[] key = Convert.FromBase64String(options.Value.ChainKey);

    /// <summary>The MAC of an event: of every property, its place and the MAC before it.</summary>
    public string MacOf(ChainEvent entry) =>
        Mac([
            EventLabel,
            entry.MessageId,
            entry.Chain,
            Text(entry.Number),
            entry.Previous,
            CanonicalTime.Of(entry.At),
            entry.Kind,
            entry.Actor,
            .. entry
                .Data.OrderBy(fact => fact.Key, StringComparer.Ordinal)
                .SelectMany(fact => new[] { fact.Key, fact.Value }),
        ]);

    /// <summary>The seal of a chain's head: without it whoever owns the table could cut events off the end.</summary>
    public string SealOf(string messageId, string chain, int count, string mac) =>
        Mac([HeadLabel, messageId, chain, Text(count), mac]);

    /// <summary>What stands for a file's name: the same name in another message has another hash.</summary>
    public string NameHash(string messageId, string name) => Mac([NameLabel, messageId, name]);

    /// <summary>MAC of some other statement.</summary>
    /// <param name="texts">The first one says what kind of statement it is.</param>
    public string Mac(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Netstrings.Of(texts)));

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
