using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TlsOrLink.Functions.Http;

/// <summary>303 to a path of our own.</summary>
/// <param name="path">Begins with one slash; see <see cref="Callers.ReturnPath"/>.</param>
internal sealed class LocalRedirect(string path) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = path;
        response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
