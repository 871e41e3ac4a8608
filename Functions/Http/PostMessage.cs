using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Middleware;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Holding;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Functions.Http;

/// <summary>Intake: after the 202 the message is never lost.</summary>
internal sealed partial class PostMessage(
    IntakeReader reader,
    IntakeWriter writer,
    MessageTable messages,
    Ticket tickets,
    ApproverDirectory approvers,
    LinkLocks locks,
    IOptions<RoutingOptions> routing,
    ILogger<PostMessage> logger
)
{
    private const string RetryAfterSeconds = "2";

    [Function(nameof(PostMessage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/messages")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        using var span = Traces.Start("intake");
        var caller = context.Caller()!;
        var read = await reader.ReadAsync(RequestOf(request, caller), cancellation);
        // From here on the caller's going away must not leave half a message behind.
        var outcome = read is Intake intake ? await writer.WriteAsync(intake, CancellationToken.None) : read;
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
        }

        return await AcceptedAsync(request, stored);
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

    private async Task<IActionResult> AcceptedAsync(HttpRequest request, Stored stored)
    {
        var recipients =
            stored.Recipients ?? (await messages.PartitionAsync(stored.Message.Id, CancellationToken.None))!.Recipients;
        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return new AcceptedResult(
            tickets.LocationOf(stored.Message.Id),
            MessageView.Of(stored.Message, recipients, request.LanguageOf(stored.Message.Language)) with
            {
                AccessCode = locks.CodeFor(stored.Message),
            }
        );
    }

    private IntakeRequest RequestOf(HttpRequest request, Callers.Caller caller) =>
        new(request.Body, request.ContentType, request.ContentLength, caller.Name, caller.MaySend)
        {
            PolicyFloor = routing.Value.TlsPolicy,
            Hold = HoldPolicies.Of(caller, approvers),
            EnvelopeFrom = [.. request.Headers["X-Envelope-From"].OfType<string>()],
            Form = FormParts.ReadAsync,
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
