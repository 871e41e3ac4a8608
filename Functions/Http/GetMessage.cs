using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>State of one message, always 200: a flow would poll a 202 through a hold of days.</summary>
internal sealed class GetMessage(MessageTable messages, LinkLocks locks)
{
    [Function(nameof(GetMessage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages/{id}")] HttpRequest request,
        string id,
        FunctionContext context,
        CancellationToken cancellation
    ) =>
        MessageId.IsValid(id)
        && await messages.PartitionAsync(id, cancellation) is { } found
        && MaySee(context.Caller(), found.Message)
            ? new OkObjectResult(ViewOf(context.Caller()!, found, request.LanguageOf(found.Message.Language)))
            : Problem.NotFound("message");

    /// <summary>The code is for the sender alone: whoever approves needs none.</summary>
    private MessageView ViewOf(Caller caller, MessagePartition found, MailLanguage language) =>
        MessageView.Of(found.Message, found.Recipients, language) with
        {
            AccessCode = LinkOwners.Owns(caller, found.Message) ? locks.CodeFor(found.Message) : null,
        };

    /// <summary>One's own messages; and for approvers those which wait for them.</summary>
    private static bool MaySee(Caller? caller, MessageRow message) =>
        caller is not null
        && (
            string.Equals(message.Caller, caller.Name, StringComparison.Ordinal)
            || (caller.Is(CallerRoles.Approver) && message is { IsHeld: true, HoldKind: HoldKind.Approval })
        );
}
