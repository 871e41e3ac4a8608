using System.Text.Json;

namespace TlsOrLink.Subscriptions;

/// <summary>The new secret that a caller wants for a subscription, or what is wrong with the wish.</summary>
/// <param name="Secret">The caller's own; null for one that the service makes.</param>
internal sealed record SecretForm(string? Secret)
{
    private const string SecretField = "secret";

    /// <summary>Per field what is wrong and what would be right; empty where all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; private init; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>Nothing: it holds a secret.</summary>
    public override string ToString() => nameof(SecretForm);

    /// <summary>Reads the wish.</summary>
    /// <param name="body">JSON, or nothing at all; null where it was too large.</param>
    public static SecretForm Read(ReadOnlyMemory<byte>? body)
    {
        try
        {
            return body is { Length: 0 } ? new SecretForm(Secret: null) : Read(body ?? "null"u8.ToArray());
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Wrong("$"); // the latter is half a surrogate pair
        }
    }

    private static SecretForm Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return Wrong("$");
        }

        string? secret = null;
        foreach (var field in json.RootElement.EnumerateObject())
        {
            if (!field.NameEquals(SecretField))
            {
                return Wrong(field.Name, $"Is not known here: leave it out. Known are {SecretField}.");
            }

            if (field.Value.ValueKind is not JsonValueKind.Null)
            {
                secret = field.Value.ValueKind is JsonValueKind.String ? field.Value.GetString()! : "";
            }
        }

        return secret is not null && EventSignature.FaultOf(secret) is { } fault
            ? Wrong(SecretField, fault)
            : new SecretForm(secret);
    }

    private static SecretForm Wrong(
        string field,
        string words = """Must be a JSON object, such as {} or { "secret": "…" }; without a body a secret is made."""
    ) => new(Secret: null) { Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [words] } };
}
