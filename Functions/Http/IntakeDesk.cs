using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Uploads;
using TlsOrLink.Routing;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Functions.Http;

/// <summary>Intake, whatever its caller wants to be told: after the answer the message is never lost.</summary>
internal sealed partial class IntakeDesk(
    IntakeReader reader,
    IntakeWriter writer,
    UploadDesk uploads,
    IntakeQuota quota,
    MessageTable messages,
    ApiAddresses addresses,
    ApproverDirectory approvers,
    LinkLocks locks,
    EventPush push,
    IOptions<RoutingOptions> routing,
    IOptions<LinkOptions> links,
    ILogger<IntakeDesk> logger
)
{
    private const string RetryAfterSeconds = "2";

    /// <summary>Takes the message of a request and answers.</summary>
    public async Task<IActionResult> TakeAsync(
        HttpRequest request,
        DurableTaskClient client,
        Callers.Caller caller,
        Waiting waiting,
        CancellationToken cancellation
    )
    {
        using var span = Traces.Start("intake");
        var asked = RequestOf(request, caller);
        if (await quota.TakeMessageAsync(request, caller.Name, asked.IdempotencyKey, cancellation) is { } tooMany)
        {
            return tooMany;
        }

        var outcome = await reader.ReadAsync(asked, cancellation);
        if (outcome is Intake intake)
        {
            if (await quota.TakeRecipientsAsync(request, intake, cancellation) is { } tooManyRecipients)
            {
                return tooManyRecipients;
            }

            // From here on the caller's going away must not leave half a message behind.
            outcome = await writer.WriteAsync(intake, CancellationToken.None);
            quota.Settle(intake, outcome);
        }

        if (outcome is IntakeProblem problem)
        {
            return Problem
                .Of(problem.Status, problem.Type, problem.Detail, problem.Errors)
                .With("warnings", WarningView.Of(problem.Hits, request.LanguageOf(MailLanguage.En)));
        }

        var stored = (Stored)outcome;
        span?.SetTag(MeasureTags.MessageId, stored.Message.Id);
        if (stored.IsNew)
        {
            await StartAsync(client, stored.Message);
            await push.FlushAsync(client);
        }

        return await AnswerAsync(request, stored, waiting);
    }

    /// <summary>Keeps the message of a request that no caller waits for, and starts it.</summary>
    /// <returns><see cref="Stored"/> or an <see cref="IntakeProblem"/>.</returns>
    public async Task<IntakeOutcome> StoreAsync(
        IntakeRequest asked,
        DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        using var span = Traces.Start("intake");
        var outcome = await reader.ReadAsync(asked, cancellation);
        outcome = outcome is Intake intake ? await writer.WriteAsync(intake, CancellationToken.None) : outcome;
        if (outcome is Stored { IsNew: true } stored)
        {
            await StartAsync(client, stored.Message);
        }

        return outcome;
    }

    /// <summary>The message is stored: were the start's failure answered, the caller would send it twice. The reconciler starts it.</summary>
    private async Task StartAsync(DurableTaskClient client, MessageRow message)
    {
        try
        {
            await DeliveryStart.StartAsync(client, message, run: 0, CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogNotStarted(fault, message.Id);
        }
    }

    private async Task<IActionResult> AnswerAsync(HttpRequest request, Stored stored, Waiting waiting)
    {
        var recipients =
            stored.Recipients ?? (await messages.PartitionAsync(stored.Message.Id, CancellationToken.None))!.Recipients;
        var view = MessageView.Of(stored.Message, recipients, request.LanguageOf(stored.Message.Language)) with
        {
            AccessCode = locks.CodeFor(stored.Message),
        };
        if (waiting == Waiting.None)
        {
            return new OkObjectResult(view);
        }

        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return new AcceptedResult(addresses.OperationOf(request, stored.Message.Id, waiting == Waiting.Bounded), view);
    }

    private IntakeRequest RequestOf(HttpRequest request, Callers.Caller caller) =>
        new(request.Body, request.ContentType, request.ContentLength, caller.Name, caller.MaySend)
        {
            PolicyFloor = routing.Value.TlsPolicy,
            Links = LinkPolicies.Of(caller, links.Value),
            Hold = HoldPolicies.Of(caller, approvers),
            EnvelopeFrom = [.. request.Headers["X-Envelope-From"].OfType<string>()],
            Form = FormParts.ReadAsync,
            Uploads = uploads,
            EnvelopeTo = [.. request.Headers["X-Envelope-To"].OfType<string>()],
            // Two values are no key: joined, they are refused by the space between them.
            IdempotencyKey = request.Headers["Idempotency-Key"] is { Count: > 0 } keys
                ? string.Join(", ", keys!)
                : null,
        };

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Message {Id} is stored and could not be started; the reconciler will"
    )]
    private partial void LogNotStarted(Exception fault, string id);
}
