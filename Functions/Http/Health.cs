using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Health;

namespace TlsOrLink.Functions.Http;

/// <summary>Whether the app can do its work: one word for anyone, each dependency with its remedy for operators.</summary>
internal sealed class Health(HealthDesk desk, CallerFinder callers)
{
    [Function(nameof(Health))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request,
        CancellationToken cancellation
    )
    {
        var report = await desk.ReportAsync(cancellation);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var isOperator = callers.Find(request, isPage: false)?.Caller.Is(CallerRoles.Operator) == true;
        var code =
            report.Status == DependencyStatus.Failing
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK;
        return isOperator
            ? new ObjectResult(
                new
                {
                    status = Word(report.Status),
                    dependencies = report.Dependencies.ToDictionary(Name, Shown, StringComparer.Ordinal),
                }
            )
            {
                StatusCode = code,
            }
            : OneWord(report.Status, code);
    }

    /// <summary>Written by hand: what starts an app waits for this answer, and a serializer would be made for it first.</summary>
    private static ContentResult OneWord(DependencyStatus status, int code) =>
        new()
        {
            Content = $$"""{"status":"{{Word(status)}}"}""",
            ContentType = "application/json; charset=utf-8",
            StatusCode = code,
        };

    private static string Name(KeyValuePair<string, DependencyFinding> dependency) => dependency.Key;

    private static object Shown(KeyValuePair<string, DependencyFinding> dependency) =>
        new
        {
            status = Word(dependency.Value.Status),
            detail = dependency.Value.Detail,
            remedy = dependency.Value.Remedy,
        };

    private static string Word(DependencyStatus status) => status.ToString().ToLowerInvariant();
}
