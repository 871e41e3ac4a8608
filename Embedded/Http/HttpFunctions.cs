using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Embedded.Hosting;
using TlsOrLink.Embedded.Invocation;

namespace TlsOrLink.Embedded.Http;

/// <summary>The routes of the app's HTTP functions.</summary>
internal sealed class HttpFunctions(FunctionCatalog catalog, HostSettings host, FunctionEndpoint endpoint)
{
    /// <summary>Maps every function; returns what is wrong with their routes.</summary>
    public IReadOnlyList<string> Map(IEndpointRouteBuilder app)
    {
        var faults = new List<string>();
        var mapped = new List<(Function Function, string Shape, FunctionMethods Methods)>();
        foreach (var function in catalog.Of(TriggerKind.Http))
        {
            var trigger = (HttpTriggerAttribute)function.Trigger;
            var route = $"{host.RoutePrefix}/{(trigger.Route ?? function.Name).TrimStart('/')}".Trim('/');
            if (Parse(function, route, faults) is not { } pattern)
            {
                continue;
            }

            var methods = new FunctionMethods(trigger.Methods);
            var shape = Shape(pattern);
            foreach (var twin in mapped.Where(m => m.Shape == shape && m.Methods.Overlap(methods)))
            {
                faults.Add(
                    $"Functions '{twin.Function.Name}' and '{function.Name}' answer the same requests (route '{route}'): change a route or its methods."
                );
            }

            mapped.Add((function, shape, methods));
            app.Map(pattern, context => endpoint.Answer(context, function))
                .WithMetadata(methods)
                .WithDisplayName(function.Name);
        }

        return faults;
    }

    private static RoutePattern? Parse(Function function, string route, List<string> faults)
    {
        try
        {
            var pattern = RoutePatternFactory.Parse(route);
            if (route.Split('/')[0].Equals("admin", StringComparison.OrdinalIgnoreCase))
            {
                faults.Add(
                    $"Function '{function.Name}': route '{route}' begins with 'admin', which the platform reserves."
                );
            }

            return pattern;
        }
        catch (RoutePatternException e)
        {
            faults.Add($"Function '{function.Name}': route '{route}' is wrong: {e.Message}");
            return null;
        }
    }

    // Literals by text, parameters by their constraints: what two patterns must differ in to be told apart.
    private static string Shape(RoutePattern pattern) =>
        string.Join(
            '/',
            pattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
                            RoutePatternParameterPart p =>
                                $"{{{(p.IsCatchAll ? "*" : "")}{string.Join(':', p.ParameterPolicies.Select(c => c.Content))}}}",
                            _ => part.ToString(),
                        }
                    )
                )
            )
        );
}
