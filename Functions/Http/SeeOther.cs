using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TlsOrLink.Functions.Http;

/// <summary>303 (RFC 9110 section 15.4.4) to a URL that is a secret for some minutes.</summary>
internal sealed class SeeOther(Uri location) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = location.AbsoluteUri;
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }
}
