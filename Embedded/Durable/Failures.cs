using System.Text.Json;
using Microsoft.DurableTask;

namespace TlsOrLink.Embedded.Durable;

internal static class Failures
{
    public static string Write(Exception failure) =>
        JsonSerializer.Serialize(TaskFailureDetails.FromException(failure));
}
