using System.Globalization;
using System.Text;

namespace TlsOrLink.Messages.Json;

/// <summary>
/// Reads JSON (RFC 8259) from a stream, value by value, in whatever pieces it arrives. Strict as System.Text.Json is by default;
/// unlike it, a string of any length passes through in pieces and is never held whole.
/// </summary>
internal sealed class JsonScanner(Stream stream, int maxDepth = 16, int bufferBytes = 1 << 16, string root = "")
{
    private const int MaxNameBytes = 256;
    private readonly ByteFeed feed = new(stream, bufferBytes);
    private readonly List<string> path = [];

    /// <summary>Path of the value that is being read, such as <c>attachments[0].name</c>; <c>$</c> for the whole where it has no name.</summary>
    public string Path => root.Length + path.Count == 0 ? "$" : (root + string.Concat(path)).TrimStart('.');

    /// <summary>The fault of the value that is being read.</summary>
    public IntakeRefusal Fault(string message) => IntakeRefusal.At(Path, message);

    /// <summary>The kind of the next value, which is not taken.</summary>
    public async ValueTask<JsonKind> KindAsync(CancellationToken cancellation) =>
        await NextAsync(cancellation) switch
        {
            '{' => JsonKind.Object,
            '[' => JsonKind.Array,
            '"' => JsonKind.Text,
            't' or 'f' => JsonKind.Boolean,
            'n' => JsonKind.Null,
            '-' or (>= '0' and <= '9') => JsonKind.Number,
            _ => throw Syntax("a value is missing"),
        };

    /// <summary>Reads an object; <paramref name="field"/> must read the value of the field named.</summary>
    public async ValueTask ObjectAsync(Func<string, ValueTask> field, CancellationToken cancellation)
    {
        await ExpectAsync('{', "an object", cancellation);
        if (await TakeIfAsync('}', cancellation))
        {
            return;
        }

        do
        {
            if (await NextAsync(cancellation) != '"')
            {
                throw Syntax("a field name in quotes is missing");
            }

            var name = await TextAsync(MaxNameBytes, cancellation);
            await ExpectAsync(':', "a colon", cancellation);
            await InsideAsync($".{name}", () => field(name));
        } while (await TakeIfAsync(',', cancellation));
        await ExpectAsync('}', "a comma or the end of the object", cancellation);
    }

    /// <summary>Reads an array; <paramref name="item"/> must read the item of that number, from 0.</summary>
    public async ValueTask ArrayAsync(Func<int, ValueTask> item, CancellationToken cancellation)
    {
        await ExpectAsync('[', "an array", cancellation);
        if (await TakeIfAsync(']', cancellation))
        {
            return;
        }

        var n = 0;
        do
        {
            var number = n++;
            await InsideAsync(string.Create(CultureInfo.InvariantCulture, $"[{number}]"), () => item(number));
        } while (await TakeIfAsync(',', cancellation));
        await ExpectAsync(']', "a comma or the end of the array", cancellation);
    }

    /// <summary>Reads a string of at most <paramref name="maxBytes"/> in UTF-8.</summary>
    public async ValueTask<string> TextAsync(int maxBytes, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        await CopyTextAsync(
            piece =>
            {
                if (text.Length + piece.Length > maxBytes)
                {
                    throw Fault($"Longer than {maxBytes} bytes.");
                }

                text.Write(piece.Span);
                return ValueTask.CompletedTask;
            },
            cancellation
        );
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Reads a string of any length and hands its UTF-8 on in pieces, escapes resolved.</summary>
    public async ValueTask CopyTextAsync(Func<ReadOnlyMemory<byte>, ValueTask> piece, CancellationToken cancellation)
    {
        await ExpectAsync('"', "text in quotes", cancellation);
        await JsonText.CopyAsync(feed, piece, Syntax, cancellation);
    }

    /// <summary>Reads a number as its text.</summary>
    public async ValueTask<string> NumberAsync(CancellationToken cancellation)
    {
        await NextAsync(cancellation);
        return await JsonNumber.ReadAsync(feed, Syntax, cancellation);
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public async ValueTask<bool> BooleanAsync(CancellationToken cancellation)
    {
        var value = await NextAsync(cancellation) == 't';
        await WordAsync(value ? "true" : "false", cancellation);
        return value;
    }

    /// <summary>Reads <c>null</c>.</summary>
    public ValueTask NullAsync(CancellationToken cancellation) => WordAsync("null", cancellation);

    /// <summary>Checks that nothing but white space follows.</summary>
    public async ValueTask EndAsync(CancellationToken cancellation)
    {
        if (await NextAsync(cancellation) >= 0)
        {
            throw Syntax("something follows the end");
        }
    }

    private async ValueTask InsideAsync(string step, Func<ValueTask> read)
    {
        if (path.Count == maxDepth)
        {
            throw Syntax($"nested deeper than {maxDepth} levels");
        }

        path.Add(step);
        await read();
        path.RemoveAt(path.Count - 1);
    }

    private async ValueTask WordAsync(string word, CancellationToken cancellation)
    {
        await NextAsync(cancellation);
        foreach (var letter in word)
        {
            if (await feed.PeekAsync(cancellation) != letter)
            {
                throw Syntax("this is no value");
            }

            feed.Take(1);
        }
    }

    private async ValueTask ExpectAsync(char wanted, string what, CancellationToken cancellation)
    {
        if (!await TakeIfAsync(wanted, cancellation))
        {
            throw Syntax($"{what} is missing");
        }
    }

    private async ValueTask<bool> TakeIfAsync(char wanted, CancellationToken cancellation)
    {
        if (await NextAsync(cancellation) != wanted)
        {
            return false;
        }

        feed.Take(1);
        return true;
    }

    /// <summary>The next byte that is no white space, not taken; -1 at the end.</summary>
    private async ValueTask<int> NextAsync(CancellationToken cancellation)
    {
        int c;
        while ((c = await feed.PeekAsync(cancellation)) is ' ' or '\t' or '\r' or '\n')
        {
            feed.Take(1);
        }

        return c;
    }

    private IntakeRefusal Syntax(string what) =>
        Fault(string.Create(CultureInfo.InvariantCulture, $"Not JSON at byte {feed.Position}: {what}."));
}
