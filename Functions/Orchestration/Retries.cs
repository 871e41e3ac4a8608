using Microsoft.DurableTask;
using TlsOrLink.Faults;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>How activities are tried again; the exception's type chooses.</summary>
internal static class Retries
{
    /// <summary>Storage is away, or another worker is at it: 2 s, doubling to 5 minutes, for a day. Any other exception fails at once.</summary>
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
                HandleFailure = failure => failure.IsCausedBy<TransientFault>(),
            }
        );
}
