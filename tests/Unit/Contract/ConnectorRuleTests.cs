using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Unit.Contract;

/// <summary>The facts of docs/connector-facts.md, by number, held over the files in infra/connector.</summary>
public sealed class ConnectorRuleTests
{
    private static readonly JsonObject Document = JsonNode
        .Parse(File.ReadAllText(ContractFilesTests.ConnectorFile))!
        .AsObject();

    /// <summary>Actions and triggers: what a designer shows.</summary>
    private static IEnumerable<JsonObject> Actions =>
        Operations.Where(operation => (string?)operation["x-ms-visibility"] != "internal");

    private static IEnumerable<JsonObject> Operations =>
        Document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(pair => pair.Value!.AsObject())
            .Where(operation => operation.ContainsKey("operationId"));

    [Fact]
    public void It_is_OpenAPI_2_0_under_1_MB() // 1
    {
        ((string?)Document["swagger"]).ShouldBe("2.0");
        new FileInfo(ContractFilesTests.ConnectorFile).Length.ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void Ids_are_alphanumeric_in_Pascal_case() => // 2
        Actions
            .Select(action => (string)action["operationId"]!)
            .ShouldAllBe(id => char.IsUpper(id[0]) && id.All(char.IsAsciiLetterOrDigit));

    [Fact]
    public void Every_action_has_a_summary_without_a_full_stop_and_a_description_with_one() // 3
    {
        Actions
            .Select(action => (string)action["summary"]!)
            .ShouldAllBe(text => text.Length <= 80 && !text.EndsWith('.'));
        Actions.Select(action => (string)action["description"]!).ShouldAllBe(text => text.EndsWith('.'));
    }

    [Fact]
    public void One_answer_has_a_schema() => // 4
        Actions
            .Select(action => action["responses"]!.AsObject().Count(answer => answer.Value!["schema"] is not null))
            .ShouldAllBe(count => count == 1);

    [Fact]
    public void Parameters_have_titles_and_path_parameters_are_encoded() // 5, 6
    {
        var parameters = Actions
            .SelectMany(action => action["parameters"]!.AsArray())
            .Select(node => node!.AsObject())
            .ToList();
        parameters
            .Where(one => (string?)one["in"] != "body")
            .ShouldAllBe(one => one.ContainsKey("x-ms-summary") && one.ContainsKey("description"));
        parameters
            .Where(one => (string?)one["in"] == "path")
            .ShouldAllBe(one => (string?)one["x-ms-url-encoding"] == "single");
        parameters.Count(one => (string?)one["in"] == "path").ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Numbers_are_integers_and_files_are_bytes() // 7
    {
        Nodes(Document).Where(node => (string?)AsText(node["type"]) is "number").ShouldBeEmpty();
        ((string?)Document["definitions"]!["Attachment"]!["properties"]!["contentBytes"]!["format"]).ShouldBe("byte");
    }

    [Fact]
    public void Nothing_is_in_it_that_OpenAPI_2_0_does_not_know() => // 1
        Nodes(Document)
            .Where(node => node.ContainsKey("oneOf") || node.ContainsKey("anyOf") || node["type"] is JsonArray)
            .ShouldBeEmpty();

    [Fact]
    public void Every_action_of_the_issue_is_there() =>
        Actions
            .Where(action => !action.ContainsKey("x-ms-trigger"))
            .Select(action => (string)action["operationId"]!)
            .ShouldBe(
                [
                    "SendMessage",
                    "SendMessageAndWait",
                    "CheckRecipients",
                    "GetMessage",
                    "CancelMessage",
                    "RecallMessage",
                    "RevokeLink",
                    "ExtendLink",
                    "ApproveMessage",
                    "RejectMessage",
                    "ReleaseMessage",
                    "GetMessageLinks",
                    "SearchMessages",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void The_key_of_the_connection_is_asked_for_as_a_secret() // 8
    {
        var properties = JsonNode.Parse(Read("apiProperties.json"))!["properties"]!;
        var parameter = properties["connectionParameters"]!["api_key"]!;
        ((string?)parameter["type"]).ShouldBe("securestring");
        ((string?)properties["iconBrandColor"]).ShouldNotBe("#007ee5", "that is the one every example has");
        ((string?)Document["securityDefinitions"]!["key"]!["name"]).ShouldBe("x-functions-key");
    }

    [Fact]
    public void The_icon_is_a_square_PNG_of_100_to_230_pixels_under_1_MB() // 9
    {
        var png = File.ReadAllBytes(Path.Combine(SourceSlugs.Root(), "infra/connector/icon.png"));
        png.AsSpan(0, 8).SequenceEqual<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).ShouldBeTrue();
        var (width, height) = (
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))
        );
        width.ShouldBe(height);
        width.ShouldBeInRange(100, 230);
    }

    [Fact]
    public void The_readme_tells_every_action() =>
        Actions
            .Select(action => (string)action["summary"]!)
            .Where(title => !Read("README.md").Contains(title, StringComparison.Ordinal))
            .ShouldBeEmpty();

    private static string Read(string name) =>
        File.ReadAllText(Path.Combine(SourceSlugs.Root(), "infra/connector", name));

    private static string? AsText(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) =>
        node switch
        {
            JsonObject json => json.SelectMany(pair => Nodes(pair.Value)).Prepend(json),
            JsonArray list => list.SelectMany(Nodes),
            _ => [],
        };
}
