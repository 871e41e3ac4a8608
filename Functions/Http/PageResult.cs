using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>Copies a <see cref="Page"/> into the answer; HEAD gets its headers alone.</summary>
internal sealed class PageResult(Page page) : IActionResult
{
    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = page.Status;
        foreach (var (name, value) in page.Headers)
        {
            response.Headers[name] = value;
        }

        if (!HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            await response.WriteAsync(page.Html, context.HttpContext.RequestAborted);
        }
    }
}
