using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TlsOrLink.Functions.Http;

/// <summary>A query parameter that is <c>true</c> or <c>false</c>, in any letter case: flows write <c>True</c>.</summary>
internal static class QueryFlag
{
    /// <summary>False where it is not there; null where it is neither.</summary>
    public static bool? Of(HttpRequest request, string name)
    {
        var text = $"{request.Query[name]}";
        return text.Length == 0 ? false
            : bool.TryParse(text, out var value) ? value
            : null;
    }

    /// <summary>What is wrong with one that is neither.</summary>
    public static Dictionary<string, string[]> Fault(string name) =>
        new(StringComparer.Ordinal) { [name] = ["Must be true or false."] };

    /// <summary>400 naming the parameter.</summary>
    public static ObjectResult Wrong(string name) =>
        Problem.Of(StatusCodes.Status400BadRequest, "invalid-query", Fault(name));
}
