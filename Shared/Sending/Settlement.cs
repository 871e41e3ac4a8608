using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>Recipients to whom nothing is sent in this round: their domain takes no mail, or cannot be judged now.</summary>
internal sealed class Settlement(Ledger ledger, TimeProvider clock)
{
    /// <summary>Writes the plan's reason into the rows that are left.</summary>
    /// <exception cref="Faults.TransientFault">Storage is away; run again.</exception>
    public async Task<SendReport> RunAsync(SendTarget target, CancellationToken cancellation)
    {
        var rows = await ledger.OpenAsync(target, cancellation);
        var ends = target.Plan.Route == Route.Undeliverable;
        if (rows.Count > 0)
        {
            var left = await ledger.WriteAsync(
                rows,
                row =>
                {
                    var isFirst = row.PlannedRoute is null;
                    row.PlannedRoute ??= target.Plan.Route;
                    row.Reason = target.Plan.Reason;
                    row.Level = target.Plan.Level;
                    row.Round = target.Round;
                    row.State = RecipientState.Deferred;
                    if (ends)
                    {
                        row.Fail(RecipientState.Undeliverable);
                    }

                    RecipientEvents.Record(row, isFirst, clock.GetUtcNow());
                }
            );
            OutcomeCounts.Add(left == 0 ? rows : [], clock.GetUtcNow());
        }

        return ends ? new SendReport(rows.Count, 0) { Failed = rows.Count } : new SendReport(0, rows.Count);
    }
}
