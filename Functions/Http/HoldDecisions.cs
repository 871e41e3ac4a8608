using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TlsOrLink.Callers;
using TlsOrLink.Domains;
using TlsOrLink.Events;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Holding;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Decisions on held messages: who may, and what is answered. The row is the truth; the orchestration is only woken.</summary>
internal sealed partial class HoldDecisions(
    MessageTable messages,
    Holds holds,
    ApproverDirectory approvers,
    ApiAddresses addresses,
    ILogger<HoldDecisions> logger
)
{
    private const string RetryAfterSeconds = "2";

    /// <summary>Decides for a caller, by the API.</summary>
    public async Task<IActionResult> ByCallerAsync(
        HttpRequest request,
        DurableTaskClient client,
        string id,
        Decision decision,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var message = MessageId.IsValid(id) ? await messages.FindAsync(id, cancellation) : null;
        if ((message is null ? Refused.Hidden : Refusal(message, decision, caller)) is { } refused)
        {
            return refused.Answer ?? Problem.NotFound("message");
        }

        var (ruling, decided) = await DecideAsync(client, id, decision, EventActors.Caller(caller.Name), cancellation);
        return ruling is Ruling.Done or Ruling.Repeated
            ? await AcceptedAsync(request, decided, cancellation)
            : Conflict(ruling, decision, decided);
    }

    /// <summary>Decides, for somebody who may, and wakes the orchestration.</summary>
    public async Task<(Ruling Ruling, MessageRow Message)> DecideAsync(
        DurableTaskClient client,
        string id,
        Decision decision,
        string actor,
        CancellationToken cancellation
    )
    {
        var decided = await holds.DecideAsync(id, decision, actor, cancellation);
        if (decided.Ruling == Ruling.Done)
        {
            await WakeAsync(client, id);
        }

        return decided;
    }

    /// <summary>Notes in the audit trail that somebody took a message back.</summary>
    public Task NoteRecallAsync(string id, string actor, CancellationToken cancellation) =>
        holds.NoteAsync(
            id,
            (message, now) => message.Record(EventDraft.Of(EventKinds.MessageRecalled, actor, now)),
            cancellation
        );

    /// <summary>Wakes the orchestration; where that fails the reconciler does.</summary>
    public async Task WakeAsync(DurableTaskClient client, string id)
    {
        try
        {
            await DeliveryWake.RaiseAsync(client, id, CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogNotWoken(fault, id);
        }
    }

    /// <summary>Why a caller may not make this decision; null where it may.</summary>
    private Refused? Refusal(MessageRow message, Decision decision, Caller caller)
    {
        var isOwner = string.Equals(message.Caller, caller.Name, StringComparison.Ordinal);
        if (decision is Decision.Release or Decision.Cancel)
        {
            return isOwner ? null : Refused.Hidden;
        }

        if (isOwner || SendsAs(caller, message))
        {
            return new Refused(
                Problem.Of(
                    StatusCodes.Status403Forbidden,
                    "sender-may-not-approve",
                    "Whoever sent a message never decides on it. Ask one of its approvers."
                )
            );
        }

        return caller.Is(CallerRoles.Approver) ? null : Refused.Hidden;
    }

    /// <summary>The caller is the very person whose address the message comes from.</summary>
    private bool SendsAs(Caller caller, MessageRow message) =>
        MailAddress.TryParse(message.Sender, out var sender)
        && (
            caller.Senders.Any(pattern => pattern.LocalPart is not null && pattern.Matches(sender))
            || approvers.Named(caller.Name)?.IsSame(sender) == true
        );

    private async Task<IActionResult> AcceptedAsync(
        HttpRequest request,
        MessageRow message,
        CancellationToken cancellation
    )
    {
        var found = await messages.PartitionAsync(message.Id, cancellation);
        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return new AcceptedResult(
            addresses.OperationOf(request, message.Id, isBounded: true),
            MessageView.Of(found?.Message ?? message, found?.Recipients ?? [], request.LanguageOf(message.Language))
        );
    }

    private static ObjectResult Conflict(Ruling ruling, Decision decision, MessageRow message) =>
        Problem.Of(
            StatusCodes.Status409Conflict,
            ruling switch
            {
                Ruling.NeedsApproval => "needs-approval",
                Ruling.NeedsRelease => "needs-release",
                _ => "not-held",
            },
            ruling switch
            {
                Ruling.NeedsApproval => "The message waits for its approvers. It can be cancelled, not released.",
                Ruling.NeedsRelease => "The message waits for its sender or for its time, not for approval.",
                _ when decision == Decision.Cancel && !message.IsFinished =>
                    "The message is not held any more: its delivery has begun. POST …/recall stops what is not sent and revokes its links.",
                _ when decision == Decision.Cancel && message.State == MessageState.Completed =>
                    "The message is delivered. POST …/recall revokes its links and says what cannot be taken back.",
                _ => $"The message is not held: it is {MessageView.Word(message.State)}.",
            }
        );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The hold of message {Id} was decided and its orchestration could not be woken; the reconciler will"
    )]
    private partial void LogNotWoken(Exception fault, string id);

    /// <summary>Why not.</summary>
    /// <param name="Answer">What to answer; null where the message is to look as if it did not exist.</param>
    private sealed record Refused(ObjectResult? Answer)
    {
        public static readonly Refused Hidden = new((ObjectResult?)null);
    }
}
