using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Auditing;

namespace TlsOrLink.Functions.Http;

/// <summary>Events as a download, line by line as they are read. Where that fails midway the connection is broken off: half a file must not pass for a whole one.</summary>
internal sealed class EventLinesResult : IActionResult
{
    private readonly IAsyncEnumerator<EventView> lines;
    private readonly bool isCsv;
    private readonly string name;

    private EventLinesResult(IAsyncEnumerator<EventView> lines, bool isCsv, string name) =>
        (this.lines, this.isCsv, this.name) = (lines, isCsv, name);

    /// <summary>Whether there is an event to write; the enumerator stands on it.</summary>
    private bool HasFirst { get; init; }

    /// <summary>Reads up to the first event, so that what fails before it is answered as everywhere: results are written past the middleware.</summary>
    /// <param name="events">What to write.</param>
    /// <param name="isCsv">Else JSON Lines.</param>
    /// <param name="name">ASCII name without its extension.</param>
    /// <param name="cancellation">Ends the reading of events, also after this.</param>
    public static async Task<EventLinesResult> BeginAsync(
        IAsyncEnumerable<EventView> events,
        bool isCsv,
        string name,
        CancellationToken cancellation
    )
    {
        var first = events.GetAsyncEnumerator(cancellation);
        try
        {
            return new EventLinesResult(first, isCsv, name) { HasFirst = await first.MoveNextAsync() };
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var stop = http.RequestAborted;
        await using var _ = lines;
        http.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{(isCsv ? "csv" : "jsonl")}\"";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.WriteAsync(isCsv ? EventExport.CsvHead : "", stop);
        try
        {
            for (var more = HasFirst; more; more = await lines.MoveNextAsync())
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
