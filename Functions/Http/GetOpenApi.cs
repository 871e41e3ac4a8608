using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Contract;

namespace TlsOrLink.Functions.Http;

/// <summary>The contract as OpenAPI 3.1, for people and their tools.</summary>
internal sealed class GetOpenApi
{
    private static readonly Lazy<string> Document = new(() => OpenApi.Write(Operations.All).ToJsonString());

    [Function(nameof(GetOpenApi))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request
    ) => new ContentResult { Content = Document.Value, ContentType = "application/json; charset=utf-8" };
}
