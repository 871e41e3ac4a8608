using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Auditing;
using TlsOrLink.Functions.Middleware;

namespace TlsOrLink.Functions.Http;

/// <summary>The head of a sealed day; with <c>verify=true</c> what is stored is held against it.</summary>
internal sealed class GetEventDay(DayBlobs days, DayVerifier verifier)
{
    private const string Verify = "verify";

    [Function(nameof(GetEventDay))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/events/days/{day}")] HttpRequest request,
        string day,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        if (AuditorAnswers.Refusal(context.Caller()) is { } refusal)
        {
            return refusal;
        }

        if (QueryFlag.Of(request, Verify) is not { } verifies)
        {
            return QueryFlag.Wrong(Verify);
        }

        if (Days.Parse(day) is not { } known || await days.FindHeadAsync(day, cancellation) is not { } head)
        {
            return Problem.NotFound("sealed day");
        }

        var defects = verifies ? await verifier.VerifyAsync(head, known, cancellation) : null;
        return new OkObjectResult(
            new DayView(head, defects is null ? null : new DayVerificationView(defects.Count == 0, defects))
        );
    }
}

/// <summary>A sealed day.</summary>
/// <param name="Head">As it was sealed.</param>
/// <param name="Verification">Null where it was not asked for.</param>
internal sealed record DayView(DayHead Head, DayVerificationView? Verification);

/// <summary>What became of a sealed day.</summary>
/// <param name="Intact">Everything is as it was sealed.</param>
/// <param name="Defects">What is not.</param>
internal sealed record DayVerificationView(bool Intact, IReadOnlyList<DayDefect> Defects);
