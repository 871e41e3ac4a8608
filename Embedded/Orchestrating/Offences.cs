namespace TlsOrLink.Embedded.Orchestrating;

internal static class Offences
{
    public static string Describe(string offence) =>
        "An invalid asynchronous invocation was detected: an orchestrator, and middleware around it, may only await durable "
        + $"tasks of its context, without ConfigureAwait(false). Found: {offence}.";
}

/// <summary>The orchestrator broke the engine's rules; it fails whatever its own code catches.</summary>
internal sealed class OrchestrationOffenceException(string message) : Exception(message);
