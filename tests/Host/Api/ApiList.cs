namespace TlsOrLink.Tests.Host.Api;

/// <summary>The list of the real public surface, and what differs from it.</summary>
internal sealed class ApiList
{
    private readonly Dictionary<string, (string Header, HashSet<string> Members)> _types = new(StringComparer.Ordinal);

    public ApiList(string text)
    {
        HashSet<string>? members = null;
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                members!.Add(line.Trim());
            }
            else
            {
                var header = Strip(line);
                members = new(StringComparer.Ordinal);
                _types[NameOf(header)] = (header, members);
            }
        }
    }

    public static string RealText
    {
        get
        {
            using var stream = typeof(ApiList).Assembly.GetManifestResourceStream("functions-api.txt")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>What the types declare that the list does not have; empty when all is well.</summary>
    public IReadOnlyList<string> Differences(IEnumerable<Type> types)
    {
        var found = new List<string>();
        foreach (var type in types)
        {
            var header = ApiText.Header(type);
            if (!_types.TryGetValue(NameOf(header), out var real))
            {
                found.Add(
                    $"{header}: the real API has no such type. Move it out of the Microsoft namespace or make it internal."
                );
                continue;
            }

            if (header != real.Header)
            {
                found.Add($"{header}: the real one is '{real.Header}'.");
            }

            found.AddRange(
                ApiText
                    .Members(type)
                    .Where(m => !real.Members.Contains(m))
                    .Select(m =>
                        $"{type.FullName}: '{m}' is not in the real API; it has: {string.Join(" | ", real.Members)}"
                    )
            );
        }

        return found;
    }

    // "class A.B  [Assembly] : Base" -> "class A.B : Base"
    private static string Strip(string header)
    {
        var open = header.IndexOf("  [", StringComparison.Ordinal);
        var close = header.IndexOf(']', StringComparison.Ordinal);
        return header[..open] + header[(close + 1)..];
    }

    private static string NameOf(string header) => header.Split(" : ")[0].Split(' ')[^1];
}
