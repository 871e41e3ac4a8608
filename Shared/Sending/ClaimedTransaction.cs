using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Routing;
using TlsOrLink.Sending.WebApi;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>One transaction with its claim on the ledger.</summary>
internal sealed class ClaimedTransaction(
    Ledger ledger,
    BounceAddress bounces,
    IOptions<DeliveryOptions> options,
    TimeProvider clock,
    ILogger<ClaimedTransaction> logger
)
{
    /// <summary>Sends to <paramref name="rows"/>.</summary>
    /// <returns>Null where another worker has changed a row: nothing was sent.</returns>
    /// <exception cref="Faults.TransientFault">Storage is away.</exception>
    public async Task<TransactionResult?> RunAsync(
        IReadOnlyList<RecipientRow> rows,
        Opening.Ready connection,
        IMailing mailing,
        CancellationToken cancellation
    )
    {
        await using var mail = await mailing.PrepareAsync(rows, connection.Session.Features.EightBitMime, cancellation);
        await using var claim = new Claim(ledger, options.Value.ClaimLife, clock, logger);
        var envelope = Envelope(rows, mail) with
        {
            RequireTls =
                mailing.Route == Route.Tls && options.Value.UseRequireTls && connection.Session.Features.RequireTls,
        };
        var result = await TransactAsync(rows, connection, mail, envelope, claim, cancellation);
        return claim.IsLost ? null : result;
    }

    /// <summary>What is thrown here was thrown before the final dot: the claim is given back.</summary>
    private async Task<TransactionResult> TransactAsync(
        IReadOnlyList<RecipientRow> rows,
        Opening.Ready connection,
        Mail mail,
        SmtpEnvelope envelope,
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
                envelope,
                _ => Task.FromResult(mail.Content),
                (replies, token) =>
                    claim.TakeAsync([.. rows.Where((_, i) => replies[i] is { IsPositive: true })], token),
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

    private SmtpEnvelope Envelope(IReadOnlyList<RecipientRow> rows, Mail mail)
    {
        MailAddress[] recipients = [.. rows.Select(row => MailAddress.Parse(row.Address))];
        var sender = bounces.Of(rows[0]);
        return new SmtpEnvelope(sender, recipients)
        {
            Bytes = mail.Bytes,
            Marks = [.. rows.Select(row => ProviderEvent.MarkOf(row.MessageId, row.Attempt, row.N))],
            EightBit = mail.EightBit,
            SmtpUtf8 = sender.NeedsSmtpUtf8 || recipients.Any(recipient => recipient.NeedsSmtpUtf8),
        };
    }
}
