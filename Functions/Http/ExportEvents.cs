using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Auditing;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>The events of a period, of all callers, as JSON Lines or CSV; for auditors.</summary>
internal sealed class ExportEvents(PeriodEvents period, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    [Function(nameof(ExportEvents))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/events/export")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        if (AuditorAnswers.Refusal(context.Caller()) is { } refusal)
        {
            return refusal;
        }

        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        var from = Instant(request, "from", fallback: null, errors);
        var to = Instant(request, "to", clock.GetUtcNow(), errors);
        var format = request.Query["format"] is [{ Length: > 0 } chosen] ? chosen : "jsonl";
        if (format is not ("jsonl" or "csv"))
        {
            errors["format"] = ["Say jsonl or csv."];
        }

        if (errors.Count == 0 && (from >= to || to - from > Longest))
        {
            errors["to"] = ["Give an instant after from, at most 366 days later."];
        }

        return errors.Count > 0
            ? Problem.Of(StatusCodes.Status400BadRequest, "invalid-period", "The period cannot be exported.", errors)
            : await EventLinesResult.BeginAsync(
                period.ListAsync(from, to, cancellation),
                format is "csv",
                $"events-{Days.NameOf(from)}-{Days.NameOf(to)}",
                cancellation
            );
    }

    private static DateTimeOffset Instant(
        HttpRequest request,
        string name,
        DateTimeOffset? fallback,
        Dictionary<string, string[]> errors
    )
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0 && fallback is { } known)
        {
            return known;
        }

        if (
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        )
        {
            return instant;
        }

        errors[name] = ["Give a day (2026-01-09) or an instant (2026-01-09T09:00:00Z)."];
        return default;
    }
}
