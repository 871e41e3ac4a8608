using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Signing;
using TlsOrLink.Mx;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <inheritdoc cref="IOwnMailSender"/>
internal sealed partial class OwnMailSender(
    Transports transports,
    IOptions<SendingOptions> sending,
    IOptions<SmtpOptions> smtp,
    IOptions<DeliveryOptions> delivery,
    Signatures signatures,
    TimeProvider clock,
    ILogger<OwnMailSender> logger
) : IOwnMailSender
{
    private const string Reason = "own-mail";

    /// <summary>Any level will do, but what the domain enforces is looked up on the connection.</summary>
    private static readonly RoutePlan Plan = new(Route.Link, Reason, TlsLevel.Unknown, []) { PolicyUnknown = true };

    /// <inheritdoc/>
    public async Task<bool> SendAsync(OwnMail mail, string key, CancellationToken cancellation)
    {
        var header = new OwnMailHeader(
            sending.Value.OwnName,
            sending.Value.OwnAddress!,
            $"{key}@{smtp.Value.EhloName}",
            clock.GetUtcNow()
        );
        HashSet<string> tried = new(StringComparer.OrdinalIgnoreCase);
        while (await OpenAsync(mail, tried, cancellation) is var opening)
        {
            if (opening is not Opening.Ready ready)
            {
                return opening is Opening.Unreachable { Reason: MxReasons.NullMx or MxReasons.NoSuchDomain }
                    ? Undeliverable(key, opening.Failure)
                    : throw new TransientFault($"A mail of ours cannot be sent now: {opening.Failure}.");
            }

            await using var session = ready.Session;
            await using var content = await signatures.SignAsync(
                await OwnMailMime.ToMailAsync(mail, header, cancellation),
                cancellation
            );
            var result = await TransactAsync(session, mail, content, cancellation);
            switch (Fates.Of(result, 0))
            {
                case Fate.Taken:
                    return true;
                case Fate.Refused or Fate.NotAsItIs:
                    return Undeliverable(key, SendingReasons.Refused);
                case Fate.Unconfirmed when delivery.Value.OnUnconfirmed == OnUnconfirmed.Report:
                    return true;
                case Fate.Deferred when result.Phase == TransactionPhase.Envelope && tried.Add(ready.Evidence.Host):
                    continue;
                default:
                    throw new TransientFault("A mail of ours was deferred by its recipient's server.");
            }
        }

        return false;
    }

    /// <summary>What is secret goes through the gate of attachments.</summary>
    private Task<Opening> OpenAsync(OwnMail mail, HashSet<string> tried, CancellationToken cancellation) =>
        mail.Plan is { } plan
            ? transports.OpenAsync(Route.Tls, mail.To.Domain, plan, tried, cancellation)
            : transports.OpenAsync(Route.Link, mail.To.Domain, Plan, tried, cancellation);

    private async Task<TransactionResult> TransactAsync(
        IMailSession session,
        OwnMail mail,
        Mail content,
        CancellationToken cancellation
    )
    {
        using var deadline = new CancellationTokenSource(delivery.Value.TransactionDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        return await session.TransactAsync(
            new SmtpEnvelope(null, [mail.To])
            {
                Bytes = content.Bytes,
                EightBit = content.EightBit,
                SmtpUtf8 = mail.To.NeedsSmtpUtf8,
            },
            _ => Task.FromResult(content.Content),
            beforeData: null,
            either.Token
        );
    }

    private bool Undeliverable(string key, string reason)
    {
        LogUndeliverable(key, reason);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Key} of ours cannot be delivered: {Reason}")]
    private partial void LogUndeliverable(string key, string reason);
}
