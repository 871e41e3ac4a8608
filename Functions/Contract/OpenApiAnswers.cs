using System.Globalization;
using System.Text.Json.Nodes;

namespace TlsOrLink.Functions.Contract;

/// <summary>The answers of an operation in OpenAPI 3.1.</summary>
internal static class OpenApiAnswers
{
    private const string ProblemType = "application/problem+json";

    /// <summary>By status.</summary>
    public static JsonObject Of(Operation operation)
    {
        var responses = new JsonObject();
        foreach (var reply in operation.Replies)
        {
            responses[Text(reply.Status)] = Response(reply);
        }

        foreach (var refusals in operation.AllRefusals.GroupBy(refusal => refusal.Status))
        {
            var slugs = refusals.Select(refusal => refusal.Slug).ToArray();
            responses[Text(refusals.Key)] = OpenApiHeaders.Add(
                new JsonObject
                {
                    ["description"] = string.Join(", ", slugs),
                    ["content"] = new JsonObject { [ProblemType] = ProblemOf(refusals.Key, slugs) },
                },
                refusals.Key,
                Refusal.HeadersOf(refusals.Key),
                []
            );
        }

        return responses;
    }

    private static JsonObject Response(Reply reply)
    {
        var response = OpenApiHeaders.Add(
            new JsonObject { ["description"] = reply.Text },
            reply.Status,
            reply.Headers,
            reply.OtherHeaders
        );
        var content = new JsonObject();
        if (reply.View is { } view)
        {
            content["application/json"] = new JsonObject { ["schema"] = Schemas.Reference(view.Name) };
        }

        foreach (var type in reply.MediaTypes)
        {
            content[type] = new JsonObject
            {
                ["schema"] = type is "application/json" ? new JsonObject { ["type"] = "object" } : OpenApi.Text(),
            };
        }

        if (content.Count > 0)
        {
            response["content"] = content;
        }

        return response;
    }

    private static JsonObject ProblemOf(int status, string[] slugs) =>
        new()
        {
            ["schema"] = Schemas.Reference(Schemas.Problem),
            ["examples"] = new JsonObject(
                slugs.Select(slug =>
                    KeyValuePair.Create(
                        slug,
                        (JsonNode?)
                            new JsonObject
                            {
                                ["value"] = new JsonObject
                                {
                                    ["type"] = slug,
                                    ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
                                    ["status"] = status,
                                    ["detail"] = "What is wrong and what to change.",
                                },
                            }
                    )
                )
            ),
        };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
