using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Subscriptions;

namespace TlsOrLink.Functions.Activities;

/// <summary>Tries once to tell a subscriber of an event.</summary>
internal sealed class PostEvent(Notifications notifications)
{
    [Function(nameof(PostEvent))]
    public async Task<Result> RunAsync([ActivityTrigger] Input input, CancellationToken cancellation) =>
        new(
            await notifications.TryAsync(
                input.Order,
                input.Attempt,
                new DateTimeOffset(input.Begun, TimeSpan.Zero),
                cancellation
            )
        );

    /// <summary>Which try of which order.</summary>
    /// <param name="Order">What is pushed to whom.</param>
    /// <param name="Attempt">From 0.</param>
    /// <param name="Begun">When the first try was made, UTC.</param>
    internal sealed record Input(EventOrder Order, int Attempt, DateTime Begun);

    /// <summary>What follows.</summary>
    /// <param name="Wait">Before the next try; null where there is none.</param>
    internal sealed record Result(TimeSpan? Wait);
}
