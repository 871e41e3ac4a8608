using System.Runtime.ExceptionServices;
using Microsoft.DurableTask;

namespace TlsOrLink.Embedded.Orchestrating;

internal static class Retries
{
    public static Task<T> Run<T>(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<T>> attempt) =>
        retry switch
        {
            { Policy: { } policy } => ByPolicy(context, policy, attempt),
            { Handler: { } handler } => ByHandler(context, handler, attempt),
            _ => attempt(),
        };

    private static async Task<T> ByPolicy<T>(
        TaskOrchestrationContext context,
        RetryPolicy policy,
        Func<Task<T>> attempt
    )
    {
        var begin = context.CurrentUtcDateTime;
        for (var number = 1; ; number++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e)
            {
                failure = e;
            }

            var overdue =
                policy.RetryTimeout != Timeout.InfiniteTimeSpan
                && context.CurrentUtcDateTime >= begin + policy.RetryTimeout;
            if (number >= policy.MaxNumberOfAttempts || overdue || !policy.Handle(failure))
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            await context.CreateTimer(Wait(policy, number), CancellationToken.None);
        }
    }

    private static TimeSpan Wait(RetryPolicy policy, int number)
    {
        var grown = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, number - 1);
        var longest = policy.MaxRetryInterval;
        return longest == Timeout.InfiniteTimeSpan || grown < longest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(grown)
            : longest;
    }

    private static async Task<T> ByHandler<T>(
        TaskOrchestrationContext context,
        AsyncRetryHandler handler,
        Func<Task<T>> attempt
    )
    {
        var begin = context.CurrentUtcDateTime;
        for (var number = 1; ; number++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e)
            {
                failure = e;
            }

            var retry = new RetryContext(
                context,
                number,
                failure.FailureDetails,
                context.CurrentUtcDateTime - begin,
                CancellationToken.None
            );
            if (!await handler(retry))
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }
}
