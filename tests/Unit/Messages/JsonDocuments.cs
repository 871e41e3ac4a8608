using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>Generates JSON documents of every kind.</summary>
internal static class JsonDocuments
{
    private const int Depth = 6;

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char["abAB+/=0 \"\\\u0001\n\r\t日本\u00e9"], 0, 40],
        Gen.Int[0, 0x10ffff]
            .Where(Rune.IsValid)
            .Select(value => new Rune(value).ToString())
            .List[0, 5]
            .Select(string.Concat)
    );

    public static readonly Gen<string> Any = Gen.Recursive<JsonNode?>(
            (depth, any) =>
            {
                var leaf = Gen.OneOf<JsonNode?>(
                    Text.Select(text => (JsonNode?)JsonValue.Create(text)),
                    Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
                    Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
                    Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
                    Gen.Const((JsonNode?)null)
                );
                return depth >= Depth - 1
                    ? leaf
                    : Gen.Frequency(
                        (3, leaf),
                        (1, any.List[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)]))),
                        (
                            1,
                            Gen.Select(Text, any)
                                .List[0, 4]
                                .Select(fields =>
                                    (JsonNode?)
                                        new JsonObject(
                                            fields
                                                .DistinctBy(field => field.Item1)
                                                .Select(field => KeyValuePair.Create(field.Item1, Copy(field.Item2)))
                                        )
                                )
                        )
                    );
            }
        )
        .SelectMany(node =>
            Gen.Bool.Select(indented =>
                node?.ToJsonString(new JsonSerializerOptions { WriteIndented = indented }) ?? "null"
            )
        );

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();
}
