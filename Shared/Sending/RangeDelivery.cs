using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Routing;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Sending;

/// <summary>Sends one mail, or each recipient's own, to a range of recipients: transaction by transaction, over one connection while it lasts.</summary>
internal sealed partial class RangeDelivery(
    Ledger ledger,
    RowsInHand hand,
    Transports transports,
    ClaimedTransaction transaction,
    BounceAddress bounces,
    IOptions<DeliveryOptions> options,
    TimeProvider clock,
    ILogger<RangeDelivery> logger
)
{
    /// <summary>Sends to whoever of the range is left; writes each one's fate before the next transaction begins.</summary>
    /// <exception cref="Faults.TransientFault">Storage is away; run again, the ledger knows what was done.</exception>
    public async Task<SendReport> RunAsync(SendTarget target, IMailing mailing, CancellationToken cancellation)
    {
        using var span = Traces.Start("send", target.Trace, System.Diagnostics.ActivityKind.Client);
        var inHand = hand.Take(target);
        var rows = inHand ?? await ledger.OpenAsync(target, cancellation);
        var settling = new Settling(ledger, target, mailing, options.Value, clock);
        rows = await settling.SettleDoubtsAsync(rows);
        var units = new Queue<SendUnit>(
            rows.Where(mailing.Takes)
                // An address that needs SMTPUTF8 must not take its neighbours with it where that is missing.
                .GroupBy(row => MailAddress.Parse(row.Address).NeedsSmtpUtf8)
                .SelectMany(alike => alike.Chunk(PerTransaction(mailing)))
                .Select(part => new SendUnit(part) { IsInHand = inHand is not null })
        );
        settling.LeaveToOtherRoute(rows.Count(row => !mailing.Takes(row)));
        await SendAsync(units, target, mailing, settling, cancellation);
        var report = settling.Report;
        span?.SetTag(MeasureTags.MessageId, target.Id)
            .SetTag(MeasureTags.Route, Measures.Word(mailing.Route))
            .SetTag(MeasureTags.RecipientCount, rows.Count);
        LogSent(target.Id, target.Plan.Route, report.Finished, report.Deferred, report.FellBack);
        return report;
    }

    private async Task SendAsync(
        Queue<SendUnit> units,
        SendTarget target,
        IMailing mailing,
        Settling settling,
        CancellationToken cancellation
    )
    {
        var begun = clock.GetTimestamp();
        Opening.Ready? connection = null;
        try
        {
            while (units.TryPeek(out var unit))
            {
                if (clock.GetElapsedTime(begun) > options.Value.RunTime)
                {
                    await LeaveToNextRunAsync(units, settling);
                    return;
                }

                connection = await CloseIfTriedAsync(connection, unit);
                if (
                    connection is null
                    && await transports.OpenAsync(mailing.Route, target.Domain, target.Plan, unit.Tried, cancellation)
                        is var opening
                )
                {
                    connection = opening as Opening.Ready;
                    if (connection is null)
                    {
                        await WithoutConnectionAsync(units, opening, settling);
                        continue;
                    }
                }

                units.Dequeue();
                connection = await TransactAsync(unit, connection!, mailing, settling, units, cancellation);
            }
        }
        finally
        {
            await CloseAsync(connection);
        }
    }

    /// <returns>The connection where it can carry another transaction; else null, and it is closed.</returns>
    private async Task<Opening.Ready?> TransactAsync(
        SendUnit unit,
        Opening.Ready connection,
        IMailing mailing,
        Settling settling,
        Queue<SendUnit> units,
        CancellationToken cancellation
    )
    {
        var result = await transaction.RunAsync(unit.Rows, connection, mailing, cancellation);
        if (result is null)
        {
            await CloseAsync(connection);
            await settling.AfterLostClaimAsync(unit, units, cancellation);
            return null;
        }

        var (settled, settledResult, moves) = unit.Part(result, connection);
        if (moves.Rows.Count > 0)
        {
            units.Enqueue(moves);
        }

        await settling.AfterTransactionAsync(settled.Rows, settledResult, connection);
        if (result.Reusable)
        {
            return connection;
        }

        await CloseAsync(connection);
        return null;
    }

    /// <summary>Nobody else takes the first unit: what a host said before stands. A unit that met no host at all ends all such units.</summary>
    private static async Task WithoutConnectionAsync(Queue<SendUnit> units, Opening opening, Settling settling)
    {
        if (units.Peek().Earlier is not null)
        {
            await SettleEarlierAsync([units.Dequeue()], settling);
            return;
        }

        await settling.WithoutConnectionAsync(
            [.. units.Where(unit => unit.Earlier is null).SelectMany(unit => unit.Rows)],
            opening
        );
        await SettleEarlierAsync(units, settling);
        units.Clear();
    }

    private static async Task LeaveToNextRunAsync(Queue<SendUnit> units, Settling settling)
    {
        // Whoever was sent away waits for the next round: at once the same hosts would be tried again.
        await SettleEarlierAsync(units, settling);
        settling.LeaveToNextRun(units.Where(unit => unit.Earlier is null).Sum(unit => unit.Rows.Count));
    }

    private static async Task SettleEarlierAsync(IEnumerable<SendUnit> units, Settling settling)
    {
        foreach (var unit in units)
        {
            if (unit.Earlier is { } earlier)
            {
                await settling.AfterTransactionAsync(unit.Rows, earlier.Result, earlier.Connection);
            }
        }
    }

    private static async Task<Opening.Ready?> CloseIfTriedAsync(Opening.Ready? connection, SendUnit unit)
    {
        if (connection is null || !unit.Tried.Contains(connection.Evidence.Host))
        {
            return connection;
        }

        await CloseAsync(connection);
        return null;
    }

    private int PerTransaction(IMailing mailing) =>
        bounces.IsOn ? 1 : Math.Min(mailing.RecipientsPerTransaction, options.Value.RecipientsPerTransaction);

    private static async Task CloseAsync(Opening.Ready? connection)
    {
        if (connection is not null)
        {
            await connection.Session.DisposeAsync();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Message {Id}, route {Route}: {Finished} finished, {Deferred} deferred, {FellBack} fell back to a link"
    )]
    private partial void LogSent(string id, Route route, int finished, int deferred, int fellBack);
}
