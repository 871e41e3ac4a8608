using System.Buffers;
using System.Globalization;
using System.Text;

namespace TlsOrLink.Messages.Json;

/// <summary>What stands for something else within a JSON string (RFC 8259 section 7).</summary>
internal static class JsonEscapes
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(c => (byte)c),
        (byte)'"',
        (byte)'\\',
    ]);

    /// <summary>How many bytes from the start stand for themselves within a string.</summary>
    public static int PlainRun(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOfAny(Special) is var at and >= 0 ? at : bytes.Length;

    /// <summary>Reads what follows a backslash; a surrogate must be one of a pair.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        ByteFeed feed,
        Func<string, Exception> fault,
        CancellationToken cancellation
    )
    {
        var c = await TakeAsync(feed, cancellation);
        if (c != 'u')
        {
            return "\"\\/bfnrt".IndexOf((char)c, StringComparison.Ordinal) is var at and >= 0
                ? new[] { (byte)"\"\\/\b\f\n\r\t"[at] }
                : throw fault("this escape does not exist");
        }

        var high = await HexAsync(feed, fault, cancellation);
        var rune = default(Rune);
        var known =
            Rune.TryCreate(high, out rune)
            || (
                char.IsHighSurrogate(high)
                && await TakeAsync(feed, cancellation) == '\\'
                && await TakeAsync(feed, cancellation) == 'u'
                && Rune.TryCreate(high, await HexAsync(feed, fault, cancellation), out rune)
            );
        if (!known)
        {
            throw fault("half of a surrogate pair stands alone");
        }

        var bytes = new byte[4];
        return bytes.AsMemory(0, rune.EncodeToUtf8(bytes));
    }

    private static async ValueTask<char> HexAsync(
        ByteFeed feed,
        Func<string, Exception> fault,
        CancellationToken cancellation
    )
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var c = (char)await TakeAsync(feed, cancellation);
            if (!char.IsAsciiHexDigit(c))
            {
                throw fault("\\u wants four hex digits");
            }

            value = (value << 4) | int.Parse([c], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return (char)value;
    }

    /// <summary>Takes a byte; 0, which no escape has, at the end.</summary>
    private static async ValueTask<int> TakeAsync(ByteFeed feed, CancellationToken cancellation)
    {
        var c = await feed.PeekAsync(cancellation);
        if (c < 0)
        {
            return 0;
        }

        feed.Take(1);
        return c;
    }
}
