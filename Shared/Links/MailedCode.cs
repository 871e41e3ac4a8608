using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>
/// A one-time code that was mailed: derived from a random seed that the row keeps and the key that it does not, so that neither a table nor an order
/// of a mail holds it. Pure.
/// </summary>
internal static class MailedCode
{
    /// <summary>Long enough for a slow mail, too short to be found in a mailbox later.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>Asked for again within this time, the code that is on its way counts.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Codes of one link in a day.</summary>
    public const int MostADay = 10;

    private const string Purpose = "mailed-code";
    private const int Digits = 8;
    private const ulong Modulus = 100_000_000;

    /// <summary>Eight digits; null where no code of this link is good now.</summary>
    public static string? Of(LinkRow row, AddressHash hash, DateTimeOffset now) =>
        row.CodeSeed.Length > 0 && row.CodeUntil > now
            ? (BitConverter.ToUInt64(hash.BytesFor(Purpose, $"{row.LinkId}.{row.CodeSeed}")) % Modulus).ToString(
                $"D{Digits}",
                CultureInfo.InvariantCulture
            )
            : null;

    /// <summary>The row with a code that nobody has seen.</summary>
    public static LinkRow Renew(LinkRow row, string seed, DateTimeOffset now) =>
        row with
        {
            CodeSeed = seed,
            CodeUntil = now + Life,
            CodesMailed = CountOn(row, now) + 1,
            CodeMailedAt = now,
        };

    /// <summary>The row after its code opened the link: it opens nothing again.</summary>
    public static LinkRow Spend(LinkRow row) => row with { CodeSeed = "", CodeUntil = null };

    /// <summary>A code was mailed a moment ago, and may still be typed.</summary>
    public static bool IsOnItsWay(LinkRow row, DateTimeOffset now) =>
        row.CodeSeed.Length > 0 && row.CodeMailedAt > now - Pause;

    /// <summary>Codes mailed on the day of <paramref name="now"/>, in UTC.</summary>
    public static int CountOn(LinkRow row, DateTimeOffset now) =>
        row.CodeMailedAt?.UtcDateTime.Date == now.UtcDateTime.Date ? row.CodesMailed : 0;

    /// <summary>Tells codes apart in orders of mails, of one link and of several: an order that was given before would be no mail. Says nothing of the code.</summary>
    public static int SerialOf(LinkRow row) =>
        (int)(
            BinaryPrimitives.ReadUInt32BigEndian(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{row.LinkId}.{row.CodeSeed}"))
            ) >> 1
        );
}
