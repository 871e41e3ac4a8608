using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Reads who is left of a message.</summary>
internal sealed class BeginRound(DeliveryRound rounds)
{
    [Function(nameof(BeginRound))]
    public Task<RoundWork> RunAsync([ActivityTrigger] Input input, CancellationToken cancellation) =>
        rounds.BeginAsync(input.Id, input.Round, cancellation);

    /// <summary>Which round of which message.</summary>
    /// <param name="Id">Message id.</param>
    /// <param name="Round">0 for the first.</param>
    internal sealed record Input(string Id, int Round);
}
