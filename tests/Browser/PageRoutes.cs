using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Functions.Http;

namespace TlsOrLink.Tests.Browser;

/// <summary>The functions that answer with pages, by their routes: one that no row of <see cref="PageState.All"/> asks for is a page nobody looked at.</summary>
internal static class PageRoutes
{
    /// <summary>Answer with a file, or lead back to a page; other tests press them.</summary>
    private static readonly HashSet<string> WithoutPage = new(StringComparer.Ordinal)
    {
        nameof(DownloadFile),
        nameof(DownloadZip),
        nameof(StreamFile),
        nameof(ApprovalFile),
        nameof(SignOut),
        nameof(Health),
    };

    /// <summary>Routes that were not asked for, with their methods.</summary>
    /// <param name="requests">From <see cref="Visit.Requests"/>.</param>
    public static IEnumerable<string> Unseen(IReadOnlyCollection<string> requests) =>
        from function in typeof(LandingPage).Assembly.GetTypes()
        where !WithoutPage.Contains(function.Name)
        from method in function.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger?.Route is { } route && IsOfPage(function, route)
        let pattern = new Regex($"^{Regex.Replace(trigger.Route!, @"\{[^}]+\}", "[^/]+")}$")
        from verb in trigger.Methods!.Where(verb => verb is "get" or "post")
        where !requests.Any(request => IsOf(request, verb, pattern))
        select $"{verb} {trigger.Route}";

    private static bool IsOfPage(Type function, string route) =>
        function == typeof(ContractPage) || !route.StartsWith("api/", StringComparison.Ordinal);

    private static bool IsOf(string request, string verb, Regex pattern) =>
        request.Split(' ') is [var method, var path]
        && method.Equals(verb, StringComparison.OrdinalIgnoreCase)
        && pattern.IsMatch(path);
}
