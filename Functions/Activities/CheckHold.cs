using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Holding;

namespace TlsOrLink.Functions.Activities;

/// <summary>Looks at the hold of a message, and ends one whose time is over.</summary>
internal sealed class CheckHold(Holds holds)
{
    [Function(nameof(CheckHold))]
    public Task<HoldCheck> RunAsync([ActivityTrigger] Input input, CancellationToken cancellation) =>
        holds.CheckAsync(input.Id, cancellation);

    /// <summary>Which message.</summary>
    /// <param name="Id">Message id.</param>
    internal sealed record Input(string Id);
}
