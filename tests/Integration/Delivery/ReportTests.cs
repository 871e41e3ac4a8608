using System.Net;
using System.Net.Http.Json;
using MimeKit;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>The sender's report through the real app.</summary>
public sealed class ReportTests(DeliveryWorld world) : IClassFixture<DeliveryWorld>
{
    [Fact]
    public async Task Whoever_is_named_gets_one_mail_that_sums_up_the_delivery()
    {
        var own = await world.AddScriptedAsync("sender.example");
        await world.AddScriptedAsync("reported.test");
        await world.AddScriptedAsync("linkreported.test", _ => new SmtpScript { OffersStartTls = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages")
        {
            Content = JsonContent.Create(
                new
                {
                    sender = "hanako@sender.example",
                    recipients = new[] { "a@reported.test", "b@linkreported.test" },
                    subject = "Quotation",
                    body = new { text = "Please find it attached." },
                    attachments = new[]
                    {
                        new
                        {
                            name = "q.pdf",
                            contentType = "application/pdf",
                            contentBytes = "JVBERi0=",
                        },
                    },
                    options = new { reportTo = "boss@sender.example" },
                }
            ),
        };
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        using var answer = await world.App.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());

        var sent = await Eventually.GetAsync(
            () => Task.FromResult(own.Messages.SingleOrDefault()),
            Eventually.Patience,
            () => world.App.Output
        );

        var mail = await MimeMessage.LoadAsync(new MemoryStream(sent.Content));
        mail.To.ToString().ShouldContain("boss@sender.example");
        mail.Headers["Auto-Submitted"].ShouldNotBeNull();
        mail.TextBody!.ShouldContain("2 of 2 recipients were reached.");
        mail.TextBody!.ShouldContain("Taken by the recipient's server (TLS)");
        mail.TextBody!.ShouldContain("(Download link)");
        mail.HtmlBody!.ShouldContain("<td>b@linkreported.test</td>");
    }
}
