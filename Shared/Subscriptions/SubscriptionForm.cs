using System.Text.Json;
using TlsOrLink.Events;

namespace TlsOrLink.Subscriptions;

/// <summary>What a caller wants to be told, or what is wrong with the wish.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Events">Of which events.</param>
/// <param name="Secret">Signs; null for one that the service makes.</param>
/// <param name="IncludeAddresses">With the addresses of sender and recipient.</param>
internal sealed record SubscriptionForm(Uri Url, IReadOnlyList<string> Events, string? Secret, bool IncludeAddresses)
{
    private const string UrlField = "url";
    private const string EventsField = "events";
    private const string SecretField = "secret";
    private const string AddressesField = "includeAddresses";

    private static readonly string[] Fields = [UrlField, EventsField, SecretField, AddressesField];
    private static readonly string Names = string.Join(", ", EventNames.All);

    /// <summary>Per field what is wrong and what would be right; empty where all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>Nothing: it holds secrets.</summary>
    public override string ToString() => nameof(SubscriptionForm);

    /// <summary>Reads the wish.</summary>
    /// <param name="body">JSON; null where it was too large.</param>
    /// <param name="only">The one event, where the route names it; null where the body does.</param>
    /// <param name="guard">Says where notifications may go.</param>
    public static SubscriptionForm Read(ReadOnlyMemory<byte>? body, string? only, WebhookGuard guard)
    {
        SortedDictionary<string, string[]> errors = new(StringComparer.Ordinal);
        if (only is not null && !EventNames.All.Contains(only, StringComparer.Ordinal))
        {
            errors["event"] = [$"Must be one of {Names}."];
        }

        try
        {
            using var json = JsonDocument.Parse(body ?? ReadOnlyMemory<byte>.Empty);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Read(json.RootElement, only, guard, errors);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Said below; the latter is half a surrogate pair.
        }

        errors["$"] =
        [
            """Must be a JSON object of at most 8192 bytes: { "url": "https://hooks.example.com/x", "events": ["recipient.bounced"] }.""",
        ];
        return Wrong(errors);
    }

    private static SubscriptionForm Read(
        JsonElement json,
        string? only,
        WebhookGuard guard,
        SortedDictionary<string, string[]> errors
    )
    {
        foreach (
            var field in json.EnumerateObject().Select(property => property.Name).Except(Fields, StringComparer.Ordinal)
        )
        {
            errors[field] = [$"Is not known here: leave it out. Known are {string.Join(", ", Fields)}."];
        }

        var url = Text(json, UrlField);
        if (guard.FaultOf(url) is { } fault)
        {
            errors[UrlField] = [fault];
        }

        var events = only is null ? ReadEvents(json, errors) : [only];
        if (only is not null && Has(json, EventsField))
        {
            errors[EventsField] = ["Leave it out: the route names the event."];
        }

        var secret = ReadSecret(json, errors);
        var addresses = ReadAddresses(json, errors);
        return errors.Count > 0 ? Wrong(errors) : new SubscriptionForm(new Uri(url!), events, secret, addresses);
    }

    private static IReadOnlyList<string> ReadEvents(JsonElement json, SortedDictionary<string, string[]> errors)
    {
        if (!Has(json, EventsField))
        {
            return EventNames.All;
        }

        var list = json.GetProperty(EventsField);
        string[] given =
            list.ValueKind == JsonValueKind.Array
                ?
                [
                    .. list.EnumerateArray()
                        .Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : ""),
                ]
                : [];
        if (given.Length == 0 || given.Except(EventNames.All, StringComparer.Ordinal).Any())
        {
            errors[EventsField] = [$"Must be a list of one or more of {Names}; left out it means all of them."];
        }

        return [.. EventNames.All.Intersect(given, StringComparer.Ordinal)];
    }

    private static string? ReadSecret(JsonElement json, SortedDictionary<string, string[]> errors)
    {
        if (!Has(json, SecretField))
        {
            return null;
        }

        var secret = Text(json, SecretField) ?? "";
        if (EventSignature.FaultOf(secret) is { } fault)
        {
            errors[SecretField] = [fault];
        }

        return secret;
    }

    private static bool ReadAddresses(JsonElement json, SortedDictionary<string, string[]> errors)
    {
        if (!Has(json, AddressesField))
        {
            return true;
        }

        var kind = json.GetProperty(AddressesField).ValueKind;
        if (kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            errors[AddressesField] = ["Must be true or false; left out it is true."];
        }

        return kind == JsonValueKind.True;
    }

    private static bool Has(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static SubscriptionForm Wrong(IReadOnlyDictionary<string, string[]> errors) =>
        new(new Uri("about:blank"), [], null, false) { Errors = errors };
}
