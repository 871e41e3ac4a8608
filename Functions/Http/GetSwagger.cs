using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Contract;

namespace TlsOrLink.Functions.Http;

/// <summary>The contract as OpenAPI 2.0, for connectors.</summary>
internal sealed class GetSwagger
{
    private static readonly Lazy<string> Document = new(() => Swagger.Write(Operations.All).ToJsonString());

    [Function(nameof(GetSwagger))]
    public IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/swagger.json")] HttpRequest request
    ) => new ContentResult { Content = Document.Value, ContentType = "application/json; charset=utf-8" };
}
