using System.Text.Json;

namespace TlsOrLink.Checking;

/// <summary>Reads <c>{ "recipients": [ … ] }</c>. Pure.</summary>
internal static class CheckJson
{
    private const string Field = "recipients";

    /// <summary>The list, or per field what is wrong.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="max">Most entries.</param>
    public static CheckList Read(ReadOnlyMemory<byte> body, int max)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, max);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // the latter: half a surrogate pair
        {
            return CheckList.Wrong("$", """Must be JSON: { "recipients": ["taro@partner.example"] }.""");
        }
    }

    private static CheckList Read(JsonElement root, int max)
    {
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty(Field, out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() == 0
        )
        {
            return CheckList.Wrong(Field, "Must be a list of at least one mail address or domain.");
        }

        if (list.GetArrayLength() > max)
        {
            return CheckList.TooMany(Field, max);
        }

        var entries = list.EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.String ? CheckEntry.Parse(item.GetString()!) : null)
            .ToList();
        var errors = entries
            .Index()
            .Where(entry => entry.Item is null)
            .Take(CheckList.MaxErrors)
            .ToDictionary(entry => $"{Field}[{entry.Index}]", _ => new[] { CheckList.Wanted }, StringComparer.Ordinal);
        return new CheckList([.. entries.OfType<CheckEntry>()], errors);
    }
}
