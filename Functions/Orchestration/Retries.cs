using Microsoft.DurableTask;
using TlsOrLink.Faults;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>How activities are tried again; the exception's type chooses.</summary>
internal static class Retries
{
    /// <summary>What the Functions host reports where the worker process died under an activity: nobody knows what it had done.</summary>
    private const string WorkerDied = "Microsoft.Azure.WebJobs.Host.FunctionInvocationException";

    /// <summary>
    /// Storage is away, another worker is at it, or the worker died: 2 s, doubling to 5 minutes, for a day. Any other exception fails at once.
    /// </summary>
    public static TaskOptions OnTransientFaults =>
        new(
            new RetryPolicy(
                maxNumberOfAttempts: 1000,
                firstRetryInterval: TimeSpan.FromSeconds(2),
                backoffCoefficient: 2,
                maxRetryInterval: TimeSpan.FromMinutes(5),
                retryTimeout: TimeSpan.FromDays(1)
            )
            {
                HandleFailure = MayPass,
            }
        );

    private static bool MayPass(TaskFailureDetails failure) =>
        failure.IsCausedBy<TransientFault>() || string.Equals(failure.ErrorType, WorkerDied, StringComparison.Ordinal);
}
