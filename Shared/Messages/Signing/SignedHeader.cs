using System.Text;
using System.Text.RegularExpressions;

namespace TlsOrLink.Messages.Signing;

/// <summary>One field of a header section, bytes as Latin-1.</summary>
/// <param name="Name">As written.</param>
/// <param name="Value">Behind the colon, folds and all, with the last CRLF.</param>
internal sealed record RawField(string Name, string Value)
{
    /// <summary>The fields of a section with CRLF line ends.</summary>
    public static IReadOnlyList<RawField> ReadAll(string section)
    {
        List<RawField> fields = [];
        foreach (var line in section.Split("\r\n"))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t' && fields.Count > 0)
            {
                fields[^1] = fields[^1] with { Value = $"{fields[^1].Value}{line}\r\n" };
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                fields.Add(new RawField(line[..colon].TrimEnd(), $"{line[(colon + 1)..]}\r\n"));
            }
        }

        return fields;
    }
}

/// <summary>Which fields are signed, and their relaxed form (RFC 6376 sections 3.4.2 and 5.4). Pure.</summary>
internal static partial class SignedHeader
{
    private static readonly string[] Names =
    [
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Auto-Submitted",
    ];

    /// <summary>Named once more than they occur, so that nobody can add another one (section 8.15).</summary>
    private static readonly string[] Sealed = ["From", "Reply-To", "To", "Cc", "Subject", "Date"];

    /// <summary>The names for <c>h=</c> and the fields that they stand for, the last one of a name first.</summary>
    public static (IReadOnlyList<string> Names, string Canonical) Of(IReadOnlyList<RawField> fields)
    {
        List<string> names = [];
        var canonical = new StringBuilder();
        foreach (var name in Names)
        {
            foreach (var field in fields.Where(field => Is(field, name)).Reverse())
            {
                names.Add(name);
                canonical.Append(Relaxed(field.Name, field.Value)).Append("\r\n");
            }

            if (Sealed.Contains(name, StringComparer.Ordinal))
            {
                names.Add(name);
            }
        }

        return (names, canonical.ToString());
    }

    /// <summary>One field in relaxed form, without its line end.</summary>
    public static string Relaxed(string name, string value)
    {
        var unfolded = value.Replace("\r\n", "", StringComparison.Ordinal);
        return $"{name.ToLowerInvariant()}:{Spaces().Replace(unfolded, " ").Trim(' ')}";
    }

    /// <summary>The last field of a name; null where there is none.</summary>
    public static RawField? Last(IReadOnlyList<RawField> fields, string name) =>
        fields.LastOrDefault(field => Is(field, name));

    private static bool Is(RawField field, string name) =>
        string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("[ \t]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
