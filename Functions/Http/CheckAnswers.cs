using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Checking;

namespace TlsOrLink.Functions.Http;

/// <summary>The refusals that every check shares.</summary>
internal static class CheckAnswers
{
    /// <summary>400 naming the fields.</summary>
    public static IActionResult Wrong(IReadOnlyDictionary<string, string[]> errors) =>
        Problem.Of(StatusCodes.Status400BadRequest, "invalid-check", errors);

    /// <summary>413.</summary>
    public static IActionResult TooLarge(int maxBytes) =>
        Problem.Of(
            StatusCodes.Status413PayloadTooLarge,
            "check-too-large",
            $"The request is larger than {maxBytes.ToString(CultureInfo.InvariantCulture)} bytes. Ask in parts."
        );

    /// <summary>429 with <c>Retry-After</c>.</summary>
    public static IActionResult TooMany(HttpRequest request, CheckOutcome.TooMany outcome)
    {
        RetryAfter.Set(request, outcome.RetryAfter);
        return Problem.Of(
            StatusCodes.Status429TooManyRequests,
            "too-many-probes",
            "This caller has no probes left for now (Callers:ProbesPerMinute). Nothing was probed; ask again later."
        );
    }
}
