using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace TlsOrLink.Embedded.Hosting;

internal static class HostJson
{
    /// <summary>Adds host.json of <paramref name="folder"/>, where there is one, below all other sources.</summary>
    public static void AddTo(ConfigurationManager configuration, string folder)
    {
        var path = Path.Combine(folder, "host.json");
        if (!File.Exists(path))
        {
            return;
        }

        var options = new JsonDocumentOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        };
        using var json = JsonDocument.Parse(File.ReadAllText(path), options);
        var values = Flatten(HostSettings.Section, json.RootElement).ToList();
        configuration.Sources.Insert(
            0,
            new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = values }
        );
    }

    private static IEnumerable<KeyValuePair<string, string?>> Flatten(string path, JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Flatten($"{path}:{p.Name}", p.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Flatten($"{path}:{i}", item)),
            _ => [KeyValuePair.Create(path, (string?)element.ToString())],
        };
}
