using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Scanning;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Reads who is left of a message; before the first round it is scanned for viruses, where that is configured.</summary>
internal sealed class BeginRound(DeliveryRound rounds, ScanGate gate)
{
    [Function(nameof(BeginRound))]
    public async Task<RoundWork> RunAsync([ActivityTrigger] Input input, CancellationToken cancellation)
    {
        if (input.Round == 0)
        {
            await gate.PassAsync(input.Id, cancellation);
        }

        return await rounds.BeginAsync(input.Id, input.Round, cancellation);
    }

    /// <summary>Which round of which message.</summary>
    /// <param name="Id">Message id.</param>
    /// <param name="Round">0 for the first.</param>
    internal sealed record Input(string Id, int Round);
}
