using System.Text;

namespace TlsOrLink.Messages.Json;

/// <summary>A JSON number (RFC 8259 section 6).</summary>
internal static class JsonNumber
{
    private const int MaxBytes = 64;

    /// <summary>Reads a number as its text.</summary>
    public static async ValueTask<string> ReadAsync(
        ByteFeed feed,
        Func<string, Exception> fault,
        CancellationToken cancellation
    )
    {
        var text = new StringBuilder();
        while (await feed.PeekAsync(cancellation) is var c && IsOfNumber(c))
        {
            feed.Take(1);
            if (text.Append((char)c).Length > MaxBytes)
            {
                throw fault("the number is too long");
            }
        }

        var number = text.ToString();
        return IsNumber(number) ? number : throw fault("this is no number");
    }

    private static bool IsOfNumber(int c) => c is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E';

    private static bool IsNumber(string text)
    {
        var rest = text.AsSpan();
        rest = rest.StartsWith("-") ? rest[1..] : rest;
        var whole = Digits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest.StartsWith("."))
        {
            var fraction = Digits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
        }

        if (rest.Length == 0 || rest[0] is not ('e' or 'E'))
        {
            return rest.Length == 0;
        }

        rest = rest[1..];
        rest = rest.Length > 0 && rest[0] is '+' or '-' ? rest[1..] : rest;
        return rest.Length > 0 && Digits(rest) == rest.Length;
    }

    private static int Digits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is var at and >= 0 ? at : text.Length;
}
