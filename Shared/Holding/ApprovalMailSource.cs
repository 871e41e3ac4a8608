using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Holding;

/// <summary>Writes to the approvers of a held message.</summary>
internal sealed class ApprovalMailSource(
    MessageTable messages,
    ApproverDirectory approvers,
    ApprovalTokens tokens,
    IOptions<HoldingOptions> options,
    TimeProvider clock
) : IOwnMailSource
{
    /// <inheritdoc/>
    public string Kind => HoldMailKinds.Approval;

    /// <summary>One order for each approver of a message, by their places: histories hold no addresses.</summary>
    public IReadOnlyList<OwnMailOrder> OrdersFor(MessageRow message) =>
        [
            .. approvers
                .For(message, clock.GetUtcNow())
                .Select(approver => new OwnMailOrder(Kind, message.Id, Serial: approvers.PlaceOf(approver))),
        ];

    /// <inheritdoc/>
    public async Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation)
    {
        if (
            await messages.FindAsync(order.MessageId, cancellation) is not { IsHeld: true } message
            || message.HoldKind != HoldKind.Approval
            || approvers.At(order.Serial) is not { } approver
            || !approvers.For(message, clock.GetUtcNow()).Contains(approver)
        )
        {
            return null;
        }

        var end = HoldJudge.EndOf(message, options.Value.UnattendedLife);
        return HoldMails.Approval(approver.Address, message, tokens.UrlOf(message.Id, approver.Name), end);
    }
}

/// <summary>Tells the sender that a held message was rejected or has expired.</summary>
internal sealed class HoldEndedSource(MessageTable messages, MessageBlobs blobs) : IOwnMailSource
{
    /// <inheritdoc/>
    public string Kind => HoldMailKinds.Ended;

    /// <inheritdoc/>
    public async Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation) =>
        await messages.FindAsync(order.MessageId, cancellation)
            is { State: MessageState.Rejected or MessageState.Expired } message
        && MailAddress.TryParse(message.Sender, out var sender)
            ? HoldMails.Ended(sender, message, await HeaderAsync(message, cancellation))
            : null;

    /// <summary>Null where the content is gone.</summary>
    private async Task<OriginalHeader?> HeaderAsync(MessageRow message, CancellationToken cancellation)
    {
        try
        {
            return await blobs.HeaderAsync(message, cancellation);
        }
        catch (Faults.PermanentFault)
        {
            return null;
        }
    }
}
