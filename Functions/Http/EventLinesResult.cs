using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Auditing;

namespace TlsOrLink.Functions.Http;

/// <summary>Events as a download, line by line as they are read. Where that fails midway the connection is broken off: half a file must not pass for a whole one.</summary>
/// <param name="events">What to write.</param>
/// <param name="isCsv">Else JSON Lines.</param>
/// <param name="name">ASCII name without its extension.</param>
internal sealed class EventLinesResult(IAsyncEnumerable<EventView> events, bool isCsv, string name) : IActionResult
{
    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var stop = http.RequestAborted;
        await using var lines = events.GetAsyncEnumerator(stop);
        // What fails before the first line is answered as everywhere.
        var more = await lines.MoveNextAsync();
        http.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{(isCsv ? "csv" : "jsonl")}\"";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.WriteAsync(isCsv ? EventExport.CsvHead : "", stop);
        try
        {
            for (; more; more = await lines.MoveNextAsync())
            {
                await http.Response.WriteAsync(
                    isCsv ? EventExport.ToCsvLine(lines.Current) : EventExport.ToJsonLine(lines.Current),
                    stop
                );
            }
        }
        catch (Faults.TransientFault)
        {
            http.Abort();
        }
    }
}
