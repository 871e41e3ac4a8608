using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TlsOrLink.Callers;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Http;

/// <summary>Keeps each caller to its rate. The same request again, of a message that was taken, is never refused.</summary>
internal sealed class IntakeQuota(MessageBudget budget, IntakeReader reader, MessageTable messages)
{
    /// <summary>Takes one message out of the caller's budget, before the body is read.</summary>
    /// <returns>Null where it may go on; else 429 with <c>Retry-After</c>.</returns>
    public async Task<ObjectResult?> TakeMessageAsync(
        HttpRequest request,
        string caller,
        string? key,
        CancellationToken cancellation
    )
    {
        if (budget.TryTakeMessage(caller) is not { } wait)
        {
            return null;
        }

        if (!await WasTakenAsync(reader.IdOf(caller, key), cancellation))
        {
            return Refused(
                request,
                wait,
                "too-many-messages",
                "This caller has sent as many messages as it may for now (Callers:MessagesPerMinute). Nothing was kept; send it again later."
            );
        }

        budget.LendMessage(caller);
        return null;
    }

    /// <summary>Takes the recipients of a message that was read.</summary>
    /// <returns>Null where it may go on; else 429 with <c>Retry-After</c>.</returns>
    public async Task<ObjectResult?> TakeRecipientsAsync(
        HttpRequest request,
        Intake intake,
        CancellationToken cancellation
    )
    {
        if (budget.TryTakeRecipients(intake.Caller, intake.Recipients.Count) is not { } wait)
        {
            return null;
        }

        if (!await WasTakenAsync(intake.HasIdempotencyKey ? intake.Id : null, cancellation))
        {
            return Refused(
                request,
                wait,
                "too-many-recipients",
                "This caller has sent to as many recipients as it may for now (Callers:RecipientsPerDay). Nothing was kept; send it again later."
            );
        }

        budget.LendRecipients(intake.Caller, intake.Recipients.Count);
        return null;
    }

    /// <summary>Gives back what a request took that sent nothing new.</summary>
    public void Settle(Intake intake, IntakeOutcome outcome)
    {
        if (outcome is not Stored { IsNew: true })
        {
            budget.ReturnRecipients(intake.Caller, intake.Recipients.Count);
        }

        if (outcome is Stored { IsNew: false })
        {
            budget.ReturnMessage(intake.Caller);
        }
    }

    private async Task<bool> WasTakenAsync(string? id, CancellationToken cancellation) =>
        id is not null && await messages.FindAsync(id, cancellation) is not null;

    private static ObjectResult Refused(HttpRequest request, TimeSpan wait, string slug, string detail)
    {
        RetryAfter.Set(request, wait);
        return Problem.Of(StatusCodes.Status429TooManyRequests, slug, detail);
    }
}
