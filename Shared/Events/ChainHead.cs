using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Events;

/// <summary>How far a chain has grown, as its owner's row tells it.</summary>
/// <param name="Count">Number of its last event; 0 where it has none.</param>
/// <param name="Mac">MAC of its last event; empty where it has none.</param>
/// <param name="Seal">As <see cref="ChainKey.SealOf"/> computes it.</param>
internal sealed record ChainHead(int Count, string Mac, string Seal)
{
    /// <summary>What a row without a head stands for: only rows that were never written have none.</summary>
    public static readonly ChainHead None = new(0, "", "");

    /// <summary>As one column keeps it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}.{Mac}.{Seal}");

    /// <summary>It carries the seal of what it says, of this chain.</summary>
    public bool IsSealedBy(ChainKey key, string messageId, string chain) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Seal),
            Encoding.UTF8.GetBytes(key.SealOf(messageId, chain, Count, Mac))
        );

    /// <summary>From its column; what cannot be read is as <see cref="None"/>.</summary>
    public static ChainHead Parse(string? text) =>
        text?.Split('.') is [var count, var mac, var seal]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ChainHead(number, mac, seal)
            : None;
}
