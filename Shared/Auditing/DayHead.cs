using System.Globalization;
using System.Security.Cryptography;
using TlsOrLink.Events;

namespace TlsOrLink.Auditing;

/// <summary>The head of a day: whoever keeps it can tell later that nothing of that day, or of any day before, was taken back.</summary>
/// <param name="Day"><c>yyyyMMdd</c>, UTC.</param>
/// <param name="Chains">How many chains grew.</param>
/// <param name="Merkle">Merkle root over them; empty where none grew.</param>
/// <param name="Previous">Root of the day before; empty for the first.</param>
/// <param name="Root">Over all of the above.</param>
/// <param name="Seal">MAC of the root: without the key nobody can make up a day.</param>
internal sealed record DayHead(string Day, int Chains, string Merkle, string Previous, string Root, string Seal)
{
    private const string LeafLabel = "tlsorlink-leaf-1";
    private const string DayLabel = "tlsorlink-day-1";
    private const string SealLabel = "tlsorlink-day-seal-1";

    /// <summary>The head over <paramref name="leaves"/>, in whatever order they come.</summary>
    public static DayHead Of(string day, IReadOnlyCollection<DayLeaf> leaves, string previous, ChainKey key)
    {
        var merkle = RootOf([
            .. leaves
                .OrderBy(leaf => leaf.MessageId, StringComparer.Ordinal)
                .ThenBy(leaf => leaf.Chain, StringComparer.Ordinal)
                .Select(HashOf),
        ]);
        var root = Convert.ToHexStringLower(
            SHA256.HashData(Netstrings.Of([DayLabel, day, Text(leaves.Count), merkle, previous]))
        );
        return new DayHead(day, leaves.Count, merkle, previous, root, key.Mac([SealLabel, root]));
    }

    private static byte[] HashOf(DayLeaf leaf) =>
        SHA256.HashData(Netstrings.Of([LeafLabel, leaf.MessageId, leaf.Chain, Text(leaf.Number), leaf.Mac]));

    /// <summary>Pairs are hashed, a last odd one goes up as it is. A node begins with a byte that no leaf's netstring begins with.</summary>
    private static string RootOf(List<byte[]> level)
    {
        while (level.Count > 1)
        {
            level = [.. level.Chunk(2).Select(pair => pair is [var left, var right] ? Node(left, right) : pair[0])];
        }

        return level is [var root] ? Convert.ToHexStringLower(root) : "";
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
