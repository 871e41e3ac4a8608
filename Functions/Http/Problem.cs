using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Errors as RFC 9457 problem documents with a stable <c>type</c> slug.</summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    /// <param name="status">HTTP status.</param>
    /// <param name="type">Stable slug that callers may branch on.</param>
    /// <param name="detail">What is wrong and what to change.</param>
    /// <param name="errors">Per field path what is wrong and what would be right, or null.</param>
    public static ObjectResult Of(
        int status,
        string type,
        string detail,
        IReadOnlyDictionary<string, string[]>? errors = null
    )
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Type = type,
            Title = Title(status),
            Detail = detail,
        };
        if (errors is { Count: > 0 })
        {
            problem.Extensions["errors"] = errors;
        }

        return new ProblemResult(problem) { StatusCode = status, ContentTypes = { ContentType } };
    }

    /// <summary>The same where fields are wrong: the first of them is the detail.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="type">Stable slug that callers may branch on.</param>
    /// <param name="errors">Per field path what is wrong and what would be right; at least one.</param>
    public static ObjectResult Of(int status, string type, IReadOnlyDictionary<string, string[]> errors) =>
        Of(status, type, $"{errors.First().Key}: {errors.First().Value[0]}", errors);

    /// <summary>Adds a member (RFC 9457 section 3.2) unless the list is empty.</summary>
    public static ObjectResult With<T>(this ObjectResult problem, string member, IReadOnlyList<T> list)
    {
        if (list.Count > 0)
        {
            ((ProblemDetails)problem.Value!).Extensions[member] = list;
        }

        return problem;
    }

    public static ObjectResult NotFound(string what) =>
        Of(StatusCodes.Status404NotFound, "not-found", $"No such {what}, or it is not yours.");

    /// <summary>Writes a problem where no MVC result can be returned, as in middleware.</summary>
    public static Task WriteAsync(this ObjectResult problem, HttpContext http)
    {
        ProblemTexts.Translate((ProblemDetails)problem.Value!, http.Request.LanguageOf(MailLanguage.En));
        http.Response.StatusCode = problem.StatusCode ?? StatusCodes.Status500InternalServerError;
        return http.Response.WriteAsJsonAsync(problem.Value, options: null, ContentType, http.RequestAborted);
    }

    private static string Title(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "The request is not valid",
            StatusCodes.Status401Unauthorized => "A caller's key is needed",
            StatusCodes.Status403Forbidden => "Not allowed",
            StatusCodes.Status404NotFound => "Not found",
            StatusCodes.Status409Conflict => "Conflict",
            StatusCodes.Status413PayloadTooLarge => "Too large",
            StatusCodes.Status415UnsupportedMediaType => "Unsupported content type",
            StatusCodes.Status422UnprocessableEntity => "Refused by a rule",
            StatusCodes.Status429TooManyRequests => "Too many requests",
            StatusCodes.Status503ServiceUnavailable => "Try again later",
            _ => "Problem",
        };

    /// <summary>Says it in the language of whoever asked.</summary>
    private sealed class ProblemResult(ProblemDetails problem) : ObjectResult(problem)
    {
        public override Task ExecuteResultAsync(ActionContext context)
        {
            ProblemTexts.Translate(problem, context.HttpContext.Request.LanguageOf(MailLanguage.En));
            return base.ExecuteResultAsync(context);
        }
    }
}
