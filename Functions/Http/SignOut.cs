using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>Takes the session out of the browser.</summary>
internal static class SignOut
{
    [Function(nameof(SignOut))]
    public static IActionResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signout")] HttpRequest request
    )
    {
        SessionCookie.Clear(request);
        return new LocalRedirect("/signin");
    }
}
