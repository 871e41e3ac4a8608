using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace TlsOrLink.Functions.Http;

/// <summary>Says that the app answers.</summary>
internal static class Health
{
    [Function(nameof(Health))]
    public static IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request
    ) => new OkObjectResult(new { status = "ok" });
}
