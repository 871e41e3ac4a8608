using System.Net;
using System.Text;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Inbound;

/// <summary>Bounces that come back behind the server that took the mail, as a real Postfix writes them.</summary>
public sealed class ReportTests(InboundWorld world) : IClassFixture<InboundWorld>
{
    [Fact]
    public async Task A_bounce_of_a_real_Postfix_turns_accepted_into_bounced_and_forged_ones_change_nothing()
    {
        var server = await world.AddPostfixAsync("sent-back.test");
        var sent = await world.Api.DeliverAsync(new Letter("taro@sent-back.test"));
        sent.Of("taro@sent-back.test").State.ShouldBe("accepted", sent.ToString());
        var bounce = await Eventually.GetAsync(
            async () =>
                (await world.World.Postfix)
                    .GetMail()
                    .FirstOrDefault(mail => mail.Recipient.Contains(sent.Id, StringComparison.Ordinal)),
            Eventually.Patience,
            () => "Postfix sent nothing back."
        );
        bounce!.Text.ShouldContain("multipart/report");

        var forged = bounce.Recipient[..^30] + "0123456789@bounces.sender.example";
        (await PostAsync(bounce.Content, forged)).Result.ShouldNotBe("noted");
        (
            await PostAsync(
                "From: x@y.test\r\nSubject: out of office\r\n\r\nI am away\r\n"u8.ToArray(),
                bounce.Recipient
            )
        ).Result.ShouldBe("ignored");
        (await world.Api.SeeAsync(sent.Id)).Of("taro@sent-back.test").State.ShouldBe("accepted");

        var delayed = Encoding
            .Latin1.GetString(bounce.Content)
            .Replace("Action: failed", "Action: delayed", StringComparison.Ordinal);
        (await PostAsync(Encoding.Latin1.GetBytes(delayed), bounce.Recipient)).Result.ShouldBe("noted");
        (await world.Api.SeeAsync(sent.Id)).Of("taro@sent-back.test").State.ShouldBe("accepted");
        (await (await world.Api.GetAsync($"/api/messages/{sent.Id}/events")).Content.ReadAsStringAsync()).ShouldContain(
            "recipient.reported"
        );

        (await PostAsync(bounce.Content, bounce.Recipient)).Result.ShouldBe("noted");
        var seen = await world.Api.SeeAsync(sent.Id);
        var row = seen.Of("taro@sent-back.test");
        (row.State, row.Reason).ShouldBe(("bounced", "refused-by-server"), seen.ToString());
        row.LastReply.ShouldNotBeNull().ShouldContain("There is nobody of that name");
        (await PostAsync(bounce.Content, bounce.Recipient.ToUpperInvariant())).Status.ShouldBe(
            HttpStatusCode.OK,
            "again, and in another case"
        );
        server.GetMail().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("message/delivery-status", "{}")]
    [InlineData("application/octet-stream", """{"attachment1":{"type":"message/delivery-status"}}""")]
    public async Task A_report_that_comes_parsed_counts_as_a_raw_one_does(string type, string info)
    {
        var domain = $"parsed-{type.Length}.test";
        var server = await world.AddScriptedAsync(domain);
        var sent = await world.Api.DeliverAsync(new Letter($"taro@{domain}"));
        var form = InboundWorld.Envelope(server.Messages.Single().Sender, from: "");
        form.Add(new StringContent(info), "attachment-info");
        form.Add(new StringContent("It could not be delivered."), "text");
        var status = new ByteArrayContent(
            Encoding.ASCII.GetBytes(
                $"Reporting-MTA: dns; mx.x.test\r\n\r\nFinal-Recipient: rfc822; taro@{domain}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 nobody\r\n"
            )
        );
        status.Headers.ContentType = new(type);
        form.Add(status, "attachment1", "status.txt");

        (await world.PostAsync(form)).Result.ShouldBe("noted");

        (await world.Api.SeeAsync(sent.Id)).Of($"taro@{domain}").State.ShouldBe("bounced");
    }

    private Task<InboundSeen> PostAsync(byte[] mail, string to) =>
        world.PostAsync(InboundWorld.Raw(mail, to, from: ""));
}
