using System.Text.Json.Nodes;
using TlsOrLink.Functions.Contract;
using TlsOrLink.Functions.Http;

namespace TlsOrLink.Tests.Unit.Contract;

/// <summary>The contract is the code's.</summary>
public sealed class OperationTests
{
    [Fact]
    public void Every_function_under_api_is_in_the_contract_once() =>
        Operations
            .All.Select(operation => operation.Id)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                typeof(PostMessage)
                    .Assembly.GetTypes()
                    .Where(type =>
                        Operation.TriggerOf(type) is { } trigger
                        && trigger.Route!.StartsWith("api/", StringComparison.Ordinal)
                    )
                    .Select(type => type.Name)
                    .Order(StringComparer.Ordinal),
                "describe the function in Functions/Contract"
            );

    [Fact]
    public void A_function_answers_one_method_beside_head() =>
        Operations
            .All.Select(operation => Operation.TriggerOf(operation.Function)!)
            .Where(trigger => trigger.Methods is not ([_] or ["get", "head"]))
            .ShouldBeEmpty();

    [Fact]
    public void Ids_of_operations_are_unlike() =>
        Operations
            .All.Select(operation => operation.Id)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Count()
            .ShouldBe(Operations.All.Count);

    [Fact]
    public void Every_reference_leads_to_a_schema()
    {
        foreach (
            var (document, names) in new[]
            {
                (OpenApi.Write(Operations.All), "components/schemas"),
                (Swagger.Write(Operations.All), "definitions"),
            }
        )
        {
            var schemas = names.Split('/').Aggregate((JsonNode)document, (node, name) => node[name]!).AsObject();
            References(document)
                .Where(reference => !schemas.ContainsKey(reference[(names.Length + 3)..]))
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_example_of_a_body_is_of_its_media_type()
    {
        foreach (var body in Operations.All.SelectMany(operation => operation.Bodies))
        {
            if (body.MediaType == "application/json")
            {
                JsonNode.Parse(body.Example).ShouldNotBeNull();
            }
        }
    }

    /// <summary>What the code says, found in its source: a slug that is new there is to be told here too.</summary>
    [Fact]
    public void Every_problem_that_the_code_knows_is_in_the_contract() =>
        SourceSlugs
            .All.Except(
                Operations.All.SelectMany(operation => operation.AllRefusals).Select(refusal => refusal.Slug),
                StringComparer.Ordinal
            )
            .ShouldBeEmpty("say in Functions/Contract which operation answers it");

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject json => json.SelectMany(pair =>
                pair is { Key: "$ref", Value: { } reference } ? [(string)reference!] : References(pair.Value)
            ),
            JsonArray list => list.SelectMany(References),
            _ => [],
        };
}
