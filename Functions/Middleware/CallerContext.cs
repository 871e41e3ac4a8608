using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;

namespace TlsOrLink.Functions.Middleware;

/// <summary>The caller that <see cref="CallerGate"/> found.</summary>
internal static class CallerContext
{
    /// <summary>The caller; null where the request came by a ticket.</summary>
    public static Caller? Caller(this FunctionContext context) =>
        context.Items.TryGetValue(typeof(Caller), out var caller) ? (Caller)caller : null;
}
