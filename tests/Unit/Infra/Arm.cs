using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Unit.Infra;

/// <summary>A compiled template with those nested in it.</summary>
internal static class Arm
{
    private const string Deployment = "Microsoft.Resources/deployments";

    /// <summary>The template and all nested ones.</summary>
    public static IEnumerable<JsonObject> Templates(JsonObject template) =>
        Own(template)
            .Where(resource => Type(resource) == Deployment)
            .SelectMany(resource => Templates(resource["properties"]!["template"]!.AsObject()))
            .Prepend(template);

    /// <summary>All resources of one type that the template deploys.</summary>
    public static IReadOnlyList<JsonObject> Of(JsonObject template, string type) =>
        [.. All(template).Where(resource => Type(resource) == type)];

    /// <summary>Everything that the template deploys, deployments aside.</summary>
    public static IEnumerable<JsonObject> All(JsonObject template) =>
        Templates(template).SelectMany(Own).Where(resource => Type(resource) != Deployment);

    public static string Type(JsonObject resource) => resource["type"]!.GetValue<string>();

    /// <summary>A value under <c>properties</c> as text, lower-case for booleans; empty where it is not there.</summary>
    public static string Text(JsonObject resource, string path)
    {
        JsonNode? node = resource["properties"];
        foreach (var step in path.Split('.'))
        {
            node = (node as JsonObject)?[step];
        }

        return node?.ToString() ?? "";
    }

    private static IEnumerable<JsonObject> Own(JsonObject template) =>
        template["resources"] switch
        {
            JsonArray list => list.Select(resource => resource!.AsObject()),
            JsonObject named => named.Select(resource => resource.Value!.AsObject()),
            _ => [],
        };
}
