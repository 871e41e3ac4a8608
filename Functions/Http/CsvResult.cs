using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TlsOrLink.Functions.Http;

/// <summary>CSV as a download.</summary>
/// <param name="csv">The whole file.</param>
/// <param name="name">ASCII name that it is kept under.</param>
internal sealed class CsvResult(string csv, string name) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return response.WriteAsync(csv, context.HttpContext.RequestAborted);
    }
}
