using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using static TlsOrLink.Tests.Integration.Probing.MailScripts;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>REQUIRETLS (RFC 8689) with npm's smtp-server.</summary>
public sealed class RequireTlsTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task Says_requiretls_to_a_server_that_offers_it_and_sends_the_message_as_it_is()
    {
        await using var server = await NodeSmtp.StartAsync(
            "mx.node.test",
            new NodeSmtpWish(),
            world.Folder,
            world.Authority,
            world.Loopback
        );
        using var client = new ClientWorld(world.Loopback.Port, null, world.Authority);
        var outcome = await client.ConnectAsync([server.Address], "mx.node.test");
        await using var session = outcome.ShouldBeOfType<ConnectOutcome.Secured>().Session;

        var result = await session.TransactAsync(
            Envelope("a@node.test") with
            {
                RequireTls = true,
            },
            Content("Subject: x\r\n\r\n.dot\r\n"),
            null,
            CancellationToken.None
        );

        result.Accepted(0).ShouldBeTrue($"{result.Fault} {result.SenderReply} {result.DataReply}");
        // What the server read follows its reply by some milliseconds.
        var message = await Eventually.GetAsync(() => Task.FromResult(server.Messages.SingleOrDefault()));
        message.RequireTls.ShouldBeTrue();
        message.Text.ShouldBe("Subject: x\r\n\r\n.dot\r\n");
    }
}
