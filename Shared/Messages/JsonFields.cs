using System.Globalization;
using TlsOrLink.Messages.Json;

namespace TlsOrLink.Messages;

/// <summary>Reads objects whose fields are known, in any order, each at most once; a field that is null counts as absent.</summary>
internal sealed class JsonFields(JsonScanner scanner, CancellationToken cancellation)
{
    private const int MaxShortText = 8192;

    /// <summary>Reads an object.</summary>
    /// <param name="fields">What reads the value of each field.</param>
    /// <param name="names">How names compare.</param>
    public ValueTask ObjectAsync(IReadOnlyDictionary<string, Func<ValueTask>> fields, StringComparer? names = null)
    {
        var left = new Dictionary<string, Func<ValueTask>>(fields, names ?? StringComparer.Ordinal);
        return scanner.ObjectAsync(
            async name =>
            {
                if (!left.Remove(name, out var read))
                {
                    throw scanner.Fault($"Not known here, or given twice. Known: {string.Join(", ", fields.Keys)}.");
                }

                if (await scanner.KindAsync(cancellation) == JsonKind.Null)
                {
                    await scanner.NullAsync(cancellation);
                    return;
                }

                await read();
            },
            cancellation
        );
    }

    /// <summary>Reads a text that will stand in a header.</summary>
    public async ValueTask<string> HeaderTextAsync()
    {
        await ExpectAsync(JsonKind.Text, "text");
        var text = await scanner.TextAsync(MaxShortText, cancellation);
        return Envelope.HasControl(text)
            ? throw scanner.Fault("A control character or line break stands in it. Take it out.")
            : text;
    }

    /// <summary>Reads one of a few words.</summary>
    public async ValueTask<T> WordAsync<T>()
        where T : struct, Enum
    {
        var text = await HeaderTextAsync();
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var known = string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
        throw scanner.Fault($"Must be one of {known}.");
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public async ValueTask<bool> BooleanAsync()
    {
        await ExpectAsync(JsonKind.Boolean, "true or false");
        return await scanner.BooleanAsync(cancellation);
    }

    /// <summary>Reads a whole number in a range.</summary>
    public async ValueTask<int> IntegerAsync(int min, int max)
    {
        await ExpectAsync(JsonKind.Number, "a whole number");
        var text = await scanner.NumberAsync(cancellation);
        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= min
            && value <= max
            ? value
            : throw scanner.Fault(
                string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {min} to {max}.")
            );
    }

    /// <summary>Checks the kind of the next value.</summary>
    public async ValueTask ExpectAsync(JsonKind kind, string what)
    {
        if (await scanner.KindAsync(cancellation) != kind)
        {
            throw scanner.Fault($"Must be {what}.");
        }
    }
}
