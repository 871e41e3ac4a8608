using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Smtp;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Sending;

/// <summary>Writes what became of recipients into their rows and counts it.</summary>
internal sealed class Settling(
    Ledger ledger,
    SendTarget target,
    IMailing mailing,
    DeliveryOptions options,
    TimeProvider clock
)
{
    /// <summary>So far.</summary>
    public SendReport Report { get; private set; } = new(0, 0);

    /// <summary>Recipients whose last transaction has an unknown end: sent again, or left and reported, as configured.</summary>
    /// <returns>Those to send to.</returns>
    public async Task<IReadOnlyList<RecipientRow>> SettleDoubtsAsync(IReadOnlyList<RecipientRow> rows)
    {
        RecipientRow[] doubts = [.. rows.Where(row => row.InDoubt)];
        if (doubts.Length == 0 || options.OnUnconfirmed == OnUnconfirmed.Resend)
        {
            return rows;
        }

        await WriteAsync(doubts, Outcomes.SetUnconfirmed);
        Count(doubts.Length, 0, 0, failed: doubts.Length);
        return [.. rows.Except(doubts)];
    }

    /// <summary>No host would talk, or none showed the level that the plan asks for.</summary>
    public async Task WithoutConnectionAsync(IReadOnlyList<RecipientRow> rows, Opening opening)
    {
        var policyFailed = opening is Opening.Shortfall shown && (shown.PolicyFailed || target.Plan.PolicyEnforced);
        var fallsBack = opening is Opening.Shortfall && !policyFailed && MayFallBack;
        var reason = policyFailed ? RouteReasons.PolicyFailed : opening.Failure;
        await WriteAsync(
            rows,
            row =>
            {
                Plan(row);
                if (fallsBack)
                {
                    row.FallBack(reason, protectBody: true);
                }
                else
                {
                    row.Defer(reason);
                }
            }
        );
        Count(0, fallsBack ? 0 : rows.Count, fallsBack ? rows.Count : 0);
        Report = Report with
        {
            VerdictIsWrong = opening is Opening.Shortfall or Opening.Unreachable { VerdictIsOld: true },
        };
    }

    /// <summary>The server has spoken, or has gone.</summary>
    public async Task AfterTransactionAsync(
        IReadOnlyList<RecipientRow> unit,
        TransactionResult result,
        Opening.Ready connection
    )
    {
        if (unit.Count == 0)
        {
            return;
        }

        using var span = Traces.Start("receipt", target.Trace);
        span?.SetTag(MeasureTags.MessageId, target.Id).SetTag(MeasureTags.RecipientCount, unit.Count);
        var places = unit.Index().ToDictionary(place => place.Item.N, place => (place.Index, place.Item.Attempts + 1));
        await WriteAsync(
            unit,
            row =>
            {
                (var place, row.Attempts) = places[row.N];
                Apply(row, place, result, connection);
            }
        );
        var fates = unit.Select((_, i) => Fates.Of(result, i)).ToList();
        var unknown = fates.Count(fate => fate == Fate.Unconfirmed);
        var resend = options.OnUnconfirmed == OnUnconfirmed.Resend;
        var fallBack = MayFallBack ? fates.Count(fate => fate == Fate.NotAsItIs) : 0;
        var handedOver = connection.HandsOver ? fates.Count(fate => fate == Fate.Taken) : 0;
        var deferred = fates.Count(fate => fate == Fate.Deferred) + (resend ? unknown : 0) + handedOver;
        Count(fates.Count - deferred - fallBack, deferred, fallBack, unit.Count(row => row.HasFailed));
    }

    /// <summary>Somebody changed these rows: they are read where they were in hand, else the next round sees what was done.</summary>
    public async Task AfterLostClaimAsync(SendUnit unit, Queue<SendUnit> units, CancellationToken cancellation)
    {
        if (!unit.IsInHand)
        {
            LeaveToOthers(unit.Rows.Count);
            return;
        }

        var rows = await ledger.OpenAsync(target, cancellation);
        rows = await SettleDoubtsAsync([.. rows.IntersectBy(unit.Rows.Select(row => row.N), row => row.N)]);
        LeaveToOtherRoute(rows.Count(row => !mailing.Takes(row)));
        if (rows.Where(mailing.Takes).ToArray() is { Length: > 0 } ours)
        {
            units.Enqueue(new SendUnit(ours));
        }
    }

    private void LeaveToOthers(int recipients) => Count(0, recipients, 0);

    /// <summary>These recipients are on the other route, or were tried on it in this round.</summary>
    public void LeaveToOtherRoute(int recipients) =>
        Count(0, mailing.Route == Route.Tls ? 0 : recipients, mailing.Route == Route.Tls ? recipients : 0);

    /// <summary>The time of this run is over.</summary>
    public void LeaveToNextRun(int recipients) => Report = Report with { Left = recipients };

    private bool MayFallBack => mailing.Route == Route.Tls && !target.Plan.NeverLink;

    /// <summary>Writes what the change says, with the event that tells it.</summary>
    private async Task WriteAsync(IReadOnlyList<RecipientRow> rows, Action<RecipientRow> change)
    {
        var unplanned = rows.Where(row => row.PlannedRoute is null).Select(row => row.N).ToHashSet();
        var left = await ledger.WriteAsync(
            rows,
            row =>
            {
                change(row);
                RecipientEvents.Record(row, unplanned.Contains(row.N), clock.GetUtcNow());
            }
        );
        LeaveToOthers(left);
        OutcomeCounts.Add(left == 0 ? rows : [], clock.GetUtcNow(), target.CreatedAt);
    }

    private void Apply(RecipientRow row, int place, TransactionResult result, Opening.Ready connection)
    {
        var reply = result.Deciding(place);
        Plan(row);
        row.LastReplyCode = reply?.Code;
        row.LastReply = reply?.Text;
        row.Receipt = Receipt.Of(connection, reply, clock.GetUtcNow()).ToJson();
        row.Ledger = null;
        switch (Fates.Of(result, place))
        {
            case Fate.Taken when connection.HandsOver:
                row.HandOver(clock.GetUtcNow());
                break;
            case Fate.Taken:
                row.Ledger = LedgerState.Accepted;
                row.State = mailing.StateWhenTaken(row);
                row.InDoubt = false;
                break;
            case Fate.NotAsItIs when MayFallBack:
                row.FallBack(result.Fault ?? SmtpReasons.TooLarge, protectBody: false);
                break;
            case Fate.Refused or Fate.NotAsItIs:
                row.Fail(RecipientState.Bounced);
                row.Reason = result.Fault ?? SendingReasons.Refused;
                break;
            case Fate.Unconfirmed when options.OnUnconfirmed == OnUnconfirmed.Report:
                row.SetUnconfirmed();
                break;
            case Fate.Unconfirmed:
                row.Ledger = LedgerState.Unconfirmed;
                row.InDoubt = true;
                row.Defer(SendingReasons.Unconfirmed);
                break;
            default:
                row.Defer(result.Fault ?? SendingReasons.Deferred);
                break;
        }
    }

    private void Plan(RecipientRow row)
    {
        // Who fell back keeps the reason for it; the plan's would say that all is well.
        var fellBack = row is { Route: Route.Link, PlannedRoute: Route.Tls };
        row.Reason = fellBack ? row.Reason : target.Plan.Reason;
        row.PlannedRoute ??= target.Plan.Route;
        row.Route = mailing.Route;
        row.Level = target.Plan.Level;
        row.NeverLink = target.Plan.NeverLink;
        row.Round = target.Round;
    }

    private void Count(int finished, int deferred, int fellBack, int failed = 0) =>
        Report = Report with
        {
            Finished = Report.Finished + finished,
            Deferred = Report.Deferred + deferred,
            FellBack = Report.FellBack + fellBack,
            Failed = Report.Failed + failed,
        };
}
