using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>Sends one mail, or each recipient's own, to a range of recipients: transaction by transaction, over one connection while it lasts.</summary>
internal sealed partial class RangeDelivery(
    Ledger ledger,
    ITransport transport,
    IOptions<DeliveryOptions> options,
    TimeProvider clock,
    ILogger<RangeDelivery> logger
)
{
    /// <summary>Sends to whoever of the range is left; writes each one's fate before the next transaction begins.</summary>
    /// <exception cref="Faults.TransientFault">Storage is away; run again, the ledger knows what was done.</exception>
    public async Task<SendReport> RunAsync(SendTarget target, IMailing mailing, CancellationToken cancellation)
    {
        var rows = await ledger.OpenAsync(target, cancellation);
        var settling = new Settling(ledger, target, mailing, options.Value, clock);
        rows = await settling.SettleDoubtsAsync(rows);
        var units = new Queue<RecipientRow[]>(
            rows.Where(mailing.Takes)
                // An address that needs SMTPUTF8 must not take its neighbours with it where that is missing.
                .GroupBy(row => MailAddress.Parse(row.Address).NeedsSmtpUtf8)
                .SelectMany(alike => alike.Chunk(PerTransaction(mailing)))
        );
        settling.LeaveToOtherRoute(rows.Count(row => !mailing.Takes(row)));
        await SendAsync(units, target, mailing, settling, cancellation);
        var report = settling.Report;
        LogSent(target.Id, target.Plan.Route, report.Finished, report.Deferred, report.FellBack);
        return report;
    }

    private async Task SendAsync(
        Queue<RecipientRow[]> units,
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
                    settling.LeaveToNextRun(units.Sum(rest => rest.Length));
                    return;
                }

                if (connection is null && await transport.OpenAsync(target, cancellation) is var opening)
                {
                    connection = opening as Opening.Ready;
                    if (connection is null)
                    {
                        await settling.WithoutConnectionAsync([.. units.SelectMany(rest => rest)], opening);
                        return;
                    }
                }

                units.Dequeue();
                connection = await TransactAsync(unit, connection!, mailing, settling, cancellation);
            }
        }
        finally
        {
            await CloseAsync(connection);
        }
    }

    /// <summary>One transaction with its claim.</summary>
    /// <returns>The connection where it can carry another transaction; else null, and it is closed.</returns>
    private async Task<Opening.Ready?> TransactAsync(
        RecipientRow[] unit,
        Opening.Ready connection,
        IMailing mailing,
        Settling settling,
        CancellationToken cancellation
    )
    {
        await using var mail = await mailing.PrepareAsync(unit, cancellation);
        await using var claim = new Claim(ledger, options.Value.ClaimLife, clock, logger);
        var requireTls =
            mailing.Route == Route.Tls && options.Value.UseRequireTls && connection.Session.Features.RequireTls;
        var result = await TransactAsync(unit, connection, mail, requireTls, claim, cancellation);
        if (claim.IsLost)
        {
            settling.LeaveToOthers(unit.Length);
        }
        else
        {
            await settling.AfterTransactionAsync(unit, result, connection.Evidence);
        }

        if (result.Reusable)
        {
            return connection;
        }

        await CloseAsync(connection);
        return null;
    }

    /// <summary>What is thrown here was thrown before the final dot: the claim is given back.</summary>
    private async Task<TransactionResult> TransactAsync(
        RecipientRow[] unit,
        Opening.Ready connection,
        Mail mail,
        bool requireTls,
        Claim claim,
        CancellationToken cancellation
    )
    {
        using var deadline = new CancellationTokenSource(options.Value.TransactionDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var ended = false;
        try
        {
            var result = await connection.Session.TransactAsync(
                Envelope(unit, mail) with
                {
                    RequireTls = requireTls,
                },
                _ => Task.FromResult(mail.Content),
                (replies, token) =>
                    claim.TakeAsync([.. unit.Where((_, i) => replies[i] is { IsPositive: true })], token),
                either.Token
            );
            await claim.StopRenewingAsync();
            ended = true;
            return result;
        }
        finally
        {
            if (!ended)
            {
                await claim.UndoAsync();
            }
        }
    }

    private static SmtpEnvelope Envelope(RecipientRow[] unit, Mail mail)
    {
        MailAddress[] recipients = [.. unit.Select(row => MailAddress.Parse(row.Address))];
        var sender = MailAddress.Parse(unit[0].Sender);
        return new SmtpEnvelope(sender, recipients)
        {
            Bytes = mail.Bytes,
            EightBit = mail.EightBit,
            SmtpUtf8 = sender.NeedsSmtpUtf8 || recipients.Any(recipient => recipient.NeedsSmtpUtf8),
        };
    }

    private int PerTransaction(IMailing mailing) =>
        Math.Min(mailing.RecipientsPerTransaction, options.Value.RecipientsPerTransaction);

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
