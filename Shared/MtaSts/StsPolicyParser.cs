using System.Globalization;
using System.Text;
using TlsOrLink.Dns;

namespace TlsOrLink.MtaSts;

/// <summary>
/// Reads a policy (RFC 8461 section 3.2). Fields come in any order, since the grammar allows it; unknown ones are ignored; of a field given
/// twice the first counts, except <c>mx</c>; anything outside the grammar makes the whole policy none.
/// </summary>
internal static class StsPolicyParser
{
    /// <summary>Bytes of a policy at most.</summary>
    public const int MaxBytes = 64 * 1024;

    private const long MaxAgeSeconds = 31_557_600;
    private const int MaxAgeDigits = 10;
    private const int MaxNameLength = 32;
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The policy, or null where the bytes are none.</summary>
    public static StsPolicy? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            return Parse(StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The policy as text, such as a store keeps; reads back to the same.</summary>
    public static string Write(StsPolicy policy)
    {
        var text = new StringBuilder("version: STSv1\n")
            .Append(CultureInfo.InvariantCulture, $"mode: {ModeName(policy.Mode)}\n")
            .Append(CultureInfo.InvariantCulture, $"max_age: {(long)policy.MaxAge.TotalSeconds}\n");
        return policy
            .Patterns.Aggregate(text, (all, pattern) => all.Append("mx: ").Append(pattern).Append('\n'))
            .ToString();
    }

    private static StsPolicy? Parse(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var patterns = new List<string>();
        foreach (var line in text.TrimEnd(' ', '\t', '\r', '\n').Split('\n'))
        {
            if (ReadField(line) is not var (name, value))
            {
                return null;
            }

            if (!string.Equals(name, "mx", StringComparison.Ordinal))
            {
                fields.TryAdd(name, value);
            }
            else if (ReadPattern(value) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                return null;
            }
        }

        return Assemble(fields, patterns);
    }

    private static (string Name, string Value)? ReadField(string line)
    {
        var field = (line.EndsWith('\r') ? line[..^1] : line).TrimEnd(' ', '\t');
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        if (colon is <= 0 or > MaxNameLength || !IsName(field[..colon]))
        {
            return null;
        }

        var value = field[(colon + 1)..].TrimStart(' ', '\t');
        return value.Length > 0 && value.All(IsValueCharacter) ? (field[..colon], value) : null;
    }

    private static StsPolicy? Assemble(Dictionary<string, string> fields, List<string> patterns)
    {
        if (
            fields.GetValueOrDefault("version") is not "STSv1"
            || ReadMode(fields.GetValueOrDefault("mode")) is not { } mode
            || ReadMaxAge(fields.GetValueOrDefault("max_age")) is not { } maxAge
            || (patterns.Count == 0 && mode != StsMode.None)
        )
        {
            return null;
        }

        return new StsPolicy(mode, maxAge, patterns);
    }

    private static StsMode? ReadMode(string? text) =>
        text switch
        {
            "enforce" => StsMode.Enforce,
            "testing" => StsMode.Testing,
            "none" => StsMode.None,
            _ => null,
        };

    private static string ModeName(StsMode mode) =>
        mode switch
        {
            StsMode.Enforce => "enforce",
            StsMode.Testing => "testing",
            _ => "none",
        };

    private static TimeSpan? ReadMaxAge(string? text) =>
        text is { Length: > 0 and <= MaxAgeDigits } && text.All(char.IsAsciiDigit)
            ? TimeSpan.FromSeconds(Math.Min(long.Parse(text, CultureInfo.InvariantCulture), MaxAgeSeconds))
            : null;

    // Only the whole left-most label may be a wildcard (RFC 8461 section 4.1); A-labels without underscores or trailing dot.
    private static string? ReadPattern(string value)
    {
        var host = value.StartsWith("*.", StringComparison.Ordinal) ? value[2..] : value;
        var valid = DnsName.TryParse(host, out _) && !host.EndsWith('.') && host.Split('.').All(IsHostLabel);
        return valid ? value.ToLowerInvariant() : null;
    }

    private static bool IsHostLabel(string label) =>
        label[0] != '-' && label[^1] != '-' && !label.Contains('_', StringComparison.Ordinal);

    private static bool IsName(string name) =>
        char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static bool IsValueCharacter(char c) => c is >= ' ' and not '\u007f';
}
