using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Holding;
using TlsOrLink.Inbound;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Sending;
using TlsOrLink.Sending.WebApi;

namespace TlsOrLink.Functions.Http;

/// <summary>
/// SendGrid Inbound Parse, raw and parsed: mail of our own people that is to be sent on, and reports on mail of ours. It rests on its signature. What will never
/// be taken is answered 200 like what was: nothing of it is to come again.
/// </summary>
internal sealed class TakeInboundMail(
    InboundDesk desk,
    IntakeDesk intake,
    EventPush push,
    UnsignedRequests unsigned,
    ApproverDirectory approvers,
    IOptions<RoutingOptions> routing,
    IOptions<LinkOptions> links
)
{
    private const string RawMail = "message/rfc822";

    [Function(nameof(TakeInboundMail))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hooks/inbound")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        if (unsigned.IsTooMuch(request))
        {
            return UnsignedRequests.ComeAgain(request);
        }

        var answer = await desk.TakeAsync(
            new InboundRequest(
                request.Body,
                request.ContentType,
                request.ContentLength,
                request.Headers[WebhookSignature.TimestampHeader],
                request.Headers[WebhookSignature.SignatureHeader],
                FormParts.ReadAsync
            ),
            letter => SendAsync(letter, client, cancellation),
            cancellation
        );
        if (answer.Bounced is var (id, n))
        {
            var order = new OwnMailOrder(BounceKind.Slug, id, Serial: BounceKind.SerialOfLate(n));
            await OwnMailStart.StartAsync(client, order, cancellation);
        }

        if (answer.Tell is { } refusal)
        {
            await OwnMailStart.StartAsync(client, new OwnMailOrder(RefusalKind.Slug, refusal), cancellation);
        }

        await push.FlushAsync(client);
        return answer.Result switch
        {
            InboundResult.Unsigned => unsigned.Refuse(
                request,
                "The signature, the timestamp or a repetition is refused: set Inbound:Key to the public key of the webhook's security policy."
            ),
            InboundResult.TooLarge => Problem.Of(
                StatusCodes.Status413PayloadTooLarge,
                "body-too-large",
                "The request is larger than Inbound:MaxBytes."
            ),
            _ => new OkObjectResult(
                new InboundView(answer.Result.ToString().ToLowerInvariant(), answer.Reason, answer.MessageId)
            ),
        };
    }

    private async Task<InboundAnswer> SendAsync(
        InboundLetter letter,
        DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        var outcome = await intake.StoreAsync(
            new IntakeRequest(letter.Content, RawMail, letter.Content.Length, letter.Caller.Name, letter.Caller.MaySend)
            {
                PolicyFloor = routing.Value.TlsPolicy,
                Links = LinkPolicies.Of(letter.Caller, links.Value),
                Hold = HoldPolicies.Of(letter.Caller, approvers),
                EnvelopeFrom = [letter.Author.ToString()],
                EnvelopeTo = [.. letter.Recipients.Select(recipient => recipient.ToString())],
                IdempotencyKey = letter.Key,
            },
            client,
            cancellation
        );
        return outcome switch
        {
            Stored stored => new InboundAnswer(InboundResult.Accepted, stored.IsNew ? "new" : "again")
            {
                MessageId = stored.Message.Id,
            },
            // The same signed mail by another way, as a mailing list or a replay sends it.
            IntakeProblem { Type: "idempotency-conflict" } => new InboundAnswer(InboundResult.Ignored, "again"),
            IntakeProblem problem => InboundAnswer.Refuse(problem.Type, problem.Detail),
            _ => throw new InvalidOperationException("Intake stores or refuses."),
        };
    }
}

/// <summary>What became of mail that came in.</summary>
/// <param name="Result"><c>accepted</c>, <c>refused</c>, <c>noted</c> or <c>ignored</c>.</param>
/// <param name="Reason">Slug.</param>
/// <param name="MessageId">Id of the message that it became; null for none.</param>
internal sealed record InboundView(string Result, string Reason, string? MessageId);
