using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Auditing;

namespace TlsOrLink.Functions.Timers;

/// <summary>Seals the audit trails of the day that is over.</summary>
internal sealed class SealDay(DaySealer sealer, TimeProvider clock)
{
    [Function(nameof(SealDay))]
    public Task RunAsync([TimerTrigger("%Auditing:Schedule%")] TimerInfo timer, CancellationToken cancellation) =>
        sealer.RunAsync(clock.GetUtcNow(), cancellation);
}
