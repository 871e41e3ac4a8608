using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Messages;
using TlsOrLink.Sending;
using TlsOrLink.Sending.WebApi;

namespace TlsOrLink.Functions.Http;

/// <summary>SendGrid's event webhook: what became of mail that was handed over. It rests on its signature alone.</summary>
internal sealed class SendGridEvents(WebhookDesk desk, EventPush push, UnsignedRequests unsigned)
{
    private const int MaxBytes = 4 * 1024 * 1024;

    [Function(nameof(SendGridEvents))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hooks/sendgrid")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        if (unsigned.IsTooMuch(request))
        {
            return UnsignedRequests.TooMany(request);
        }

        if (await BoundedBody.ReadAsync(request, MaxBytes, cancellation) is not { } body)
        {
            return Problem.Of(
                StatusCodes.Status413PayloadTooLarge,
                "body-too-large",
                "Send fewer events in one request."
            );
        }

        try
        {
            var outcome = await desk.TakeAsync(
                request.Headers[WebhookSignature.TimestampHeader],
                request.Headers[WebhookSignature.SignatureHeader],
                body,
                cancellation
            );
            foreach (var (id, n) in outcome.Bounced)
            {
                var order = new OwnMailOrder(BounceKind.Slug, id, Serial: BounceKind.SerialOfLate(n));
                await OwnMailStart.StartAsync(client, order, cancellation);
            }

            await push.FlushAsync(client);
            return outcome.IsGenuine ? new OkResult() : Refused(request);
        }
        catch (JsonException)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "not-events", "Send a JSON array of events.");
        }
    }

    private IActionResult Refused(HttpRequest request) =>
        unsigned.Refuse(
            request,
            "The signature, the timestamp or a repetition is refused: set SendGrid:WebhookKey to the webhook's verification key."
        );
}
