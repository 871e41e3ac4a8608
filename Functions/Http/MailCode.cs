using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>"Mail me a code": to the recipient's own address, over enforced TLS alone.</summary>
internal sealed class MailCode(CodeRequests requests, LinkPages pages, TimeProvider clock)
{
    [Function(nameof(MailCode))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "d/{token}/mail-code")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string token,
        CancellationToken cancellation
    )
    {
        var visit = LinkVisits.Of(request, token);
        return await LinkVisits.AnswerAsync(
            pages,
            visit,
            async known =>
            {
                var address = await LinkVisits.FieldAsync(request, LinkPages.AddressField, cancellation);
                var asked = await requests.AskAsync(known, address, Clients.AddressOf(request), cancellation);
                if (asked.Mail is { } mail)
                {
                    await OwnMailStart.StartAsync(client, mail, CancellationToken.None);
                }

                return new PageResult(
                    pages.Show(Told(visit, asked.Answer), LinkJudge.StateAt(asked.Row, clock.GetUtcNow()), asked.Row)
                );
            }
        );
    }

    private static LinkVisit Told(LinkVisit visit, CodeRequestAnswer answer) =>
        answer switch
        {
            CodeRequestAnswer.Mailed => visit with { IsCodeMailed = true },
            CodeRequestAnswer.WrongAddress => visit with { Fault = LinkFault.WrongAddress },
            CodeRequestAnswer.TooMany => visit with { Fault = LinkFault.TooMany },
            CodeRequestAnswer.NotSafe => visit with { Fault = LinkFault.CodeNotSafe },
            _ => visit,
        };
}
