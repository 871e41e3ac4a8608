using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace TlsOrLink.Embedded.Http;

/// <summary>Methods that a function answers; none for all.</summary>
internal sealed record FunctionMethods(IReadOnlyCollection<string> Methods)
{
    public bool Allow(string method) =>
        Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    public bool Overlap(FunctionMethods other) =>
        Methods.Count == 0 || other.Methods.Count == 0 || Methods.Any(other.Allow);
}

/// <summary>Takes a function out of the choice where it does not answer the method, so that a wrong one gets 404 and not 405. HEAD is a method like any other.</summary>
internal sealed class MethodPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => -1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<FunctionMethods>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            var methods = candidates[i].Endpoint?.Metadata.GetMetadata<FunctionMethods>();
            if (candidates.IsValidCandidate(i) && methods?.Allow(httpContext.Request.Method) == false)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }
}
