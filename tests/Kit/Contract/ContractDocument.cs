using System.Globalization;
using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>An OpenAPI 3.1 document, as answers are held against it.</summary>
public sealed class ContractDocument
{
    private const string Below = "/api/";

    private readonly PathTable<Operation> operations = new();

    public ContractDocument(JsonObject document)
    {
        var components = document["components"]!["schemas"]!.AsObject();
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                operations.Add(
                    method,
                    path,
                    new Operation(
                        (string)operation!["operationId"]!,
                        operation["responses"]!
                            .AsObject()
                            .ToDictionary(
                                one => int.Parse(one.Key, CultureInfo.InvariantCulture),
                                one => new ContractResponse(one.Value!.AsObject(), components)
                            )
                    )
                );
            }
        }
    }

    /// <summary>All that it documents.</summary>
    public IEnumerable<DocumentedAnswer> Answers =>
        from operation in operations.All
        from response in operation.Responses
        from kind in response.Value.Kinds
        select new DocumentedAnswer(operation.Id, response.Key, kind);

    /// <summary>Whether it speaks of a path at all; pages for people are not its matter.</summary>
    public static bool IsOfContract(string path) => path.StartsWith(Below, StringComparison.Ordinal);

    /// <summary>Whether the body of an answer is looked into.</summary>
    public bool Reads(string method, string path, int status, string mediaType) =>
        method != "HEAD"
        && operations.Find(method, path)?.Responses.GetValueOrDefault(status) is var response
        && response?.Reads(mediaType) != false;

    /// <summary>Holds an answer against the document.</summary>
    /// <param name="method">In capitals; an answer to HEAD has the headers of one to GET.</param>
    /// <param name="path">Without query.</param>
    /// <returns>What it is; null for an answer to HEAD, and for one that is wrong: then what is wrong with it.</returns>
    public (DocumentedAnswer? Answer, string? Fault) Judge(string method, string path, ReceivedAnswer answer)
    {
        if (operations.Find(method, path) is not { } operation)
        {
            return (null, "no operation is documented at this path with this method");
        }

        if (!operation.Responses.TryGetValue(answer.Status, out var response))
        {
            return (null, $"{operation.Id} does not document this status");
        }

        var (kind, fault) = response.Judge(answer, method == "HEAD");
        return (
            kind is null ? null : new DocumentedAnswer(operation.Id, answer.Status, kind),
            fault is null ? null : $"{operation.Id}: {fault}"
        );
    }

    private sealed record Operation(string Id, IReadOnlyDictionary<int, ContractResponse> Responses);
}
