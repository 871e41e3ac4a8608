using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;

namespace TlsOrLink.Functions.Middleware;

/// <summary>The caller that <see cref="CallerGate"/> found.</summary>
internal static class CallerContext
{
    /// <summary>The caller; null where the request came by a ticket.</summary>
    public static Caller? Caller(this FunctionContext context) => context.Known()?.Caller;

    /// <summary>The caller and how we know; null where the request came by a ticket.</summary>
    public static KnownCaller? Known(this FunctionContext context) =>
        context.Items.TryGetValue(typeof(KnownCaller), out var known) ? (KnownCaller)known : null;
}
