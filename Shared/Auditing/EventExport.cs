using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TlsOrLink.Auditing;

/// <summary>Events as lines of a file. Pure.</summary>
internal static class EventExport
{
    /// <summary>First line of the CSV form, with a byte order mark for spreadsheets.</summary>
    public const string CsvHead = "\ufeffmessageId,chain,number,at,kind,actor,data,previous,mac\r\n";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line of JSON Lines.</summary>
    public static string ToJsonLine(EventView entry) => JsonSerializer.Serialize(entry, Json) + "\n";

    /// <summary>One line of CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe.</summary>
    public static string ToCsvLine(EventView entry) =>
        string.Join(
            ',',
            new[]
            {
                entry.MessageId,
                entry.Chain,
                entry.Number.ToString(CultureInfo.InvariantCulture),
                entry.At,
                entry.Kind,
                entry.Actor,
                JsonSerializer.Serialize(entry.Data, Json),
                entry.Previous,
                entry.Mac,
            }.Select(Cell)
        ) + "\r\n";

    private static string Cell(string text)
    {
        var harmless = text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return harmless.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : harmless;
    }
}
