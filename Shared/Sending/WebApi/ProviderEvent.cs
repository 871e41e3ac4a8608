using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TlsOrLink.Sending.WebApi;

/// <summary>One event of the webhook that is about mail of ours.</summary>
/// <param name="Kind">Such as <c>delivered</c>.</param>
/// <param name="MessageId">From the mark.</param>
/// <param name="Attempt">The same.</param>
/// <param name="N">The same.</param>
/// <param name="Id">Short hash of <c>sg_event_id</c>: the same event has the same.</param>
/// <param name="Words">The receiving server's words, or the reason; empty where there are none.</param>
/// <param name="At">When it happened.</param>
internal sealed record ProviderEvent(
    string Kind,
    string MessageId,
    string Attempt,
    int N,
    string Id,
    string Words,
    DateTimeOffset At
)
{
    private const int MaxWords = 512;
    private const int IdLength = 12;

    /// <summary>The mark of a recipient: ids alone, since the provider keeps it for ever.</summary>
    public static string MarkOf(string messageId, string attempt, int n) =>
        string.Create(CultureInfo.InvariantCulture, $"{messageId}.{attempt}.{n}");

    /// <summary>The events of a request that bear a mark of ours; others are passed over.</summary>
    /// <exception cref="JsonException">Not an array of objects.</exception>
    public static IReadOnlyList<ProviderEvent> ReadAll(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("Not an array.");
        }

        return [.. json.RootElement.EnumerateArray().Select(Read).OfType<ProviderEvent>()];
    }

    private static ProviderEvent? Read(JsonElement json)
    {
        if (
            json.ValueKind != JsonValueKind.Object
            || Text(json, "event") is not { } kind
            || Text(json, "sg_event_id") is not { } id
            || Text(json, SendGridMail.MarkArgument)?.Split('.')
                is not [{ Length: 32 } message, { Length: 8 } attempt, var number]
            || !message.All(char.IsAsciiHexDigitLower)
            || !attempt.All(char.IsAsciiHexDigitLower)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        )
        {
            return null;
        }

        var seconds = json.TryGetProperty("timestamp", out var at) && at.TryGetInt64(out var unix) ? unix : 0;
        return new ProviderEvent(
            kind,
            message,
            attempt,
            n,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..IdLength],
            OneLine(Text(json, "response") ?? Text(json, "reason") ?? ""),
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, int.MaxValue))
        );
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length > MaxWords ? line[..MaxWords] : line;
    }
}
