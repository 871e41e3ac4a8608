using System.Text.Json.Nodes;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Contract;

/// <summary>
/// The triggers of a connector. Each is an operation with a path of its own, answered <c>201</c> with <c>Location</c>, which the flow deletes when
/// it goes; what it is told stands beside the operation (<c>x-ms-notification-content</c>).
/// </summary>
internal static class ConnectorTriggers
{
    private const string EventParameter = "event";

    /// <summary>Paths by path.</summary>
    /// <param name="write">Writes an operation in OpenAPI 2.0.</param>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Paths(Func<Operation, JsonObject> write) =>
        SubscriptionOperations.Triggers.Select(trigger =>
            KeyValuePair.Create(
                SubscriptionOperations.SubscribeToOne.Path.Replace(
                    $"{{{EventParameter}}}",
                    trigger.Event,
                    StringComparison.Ordinal
                ),
                (JsonNode?)Path(trigger, write)
            )
        );

    private static JsonObject Path(Trigger trigger, Func<Operation, JsonObject> write) =>
        new()
        {
            ["x-ms-notification-content"] = new JsonObject
            {
                ["description"] = trigger.Text,
                ["schema"] = Downlevel.Schema(Schemas.Reference(nameof(EventNotification))),
            },
            ["post"] = Operation(trigger, write(SubscriptionOperations.SubscribeToOne)),
        };

    private static JsonObject Operation(Trigger trigger, JsonObject operation)
    {
        operation["operationId"] = trigger.Id;
        operation["summary"] = trigger.Title;
        operation["description"] = trigger.Text;
        operation["x-ms-trigger"] = "single";
        var parameters = operation["parameters"]!.AsArray();
        parameters.Remove(parameters.Single(one => (string?)one!["name"] is EventParameter));
        return operation;
    }
}
