using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.World;

public sealed class NodeSmtpTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Takes_REQUIRETLS_where_it_offers_it(bool offered)
    {
        var server = await world.StartNodeAsync(
            $"mx.{offered}.test".ToLowerInvariant(),
            new() { RequireTls = offered }
        );
        using var client = await ConnectAsync(server);
        client.Capabilities.HasFlag(SmtpCapabilities.RequireTLS).ShouldBe(offered);
        client.RequireTLS = offered;
        await SendAsync(client);
        await Eventually.BeTrueAsync(() => server.Messages.Count == 1);
        var message = server.Messages.Single();
        message.RequireTls.ShouldBe(offered);
        message.Tls.ShouldBe("TLSv1.3");
        message.Text.ShouldEndWith("text\r\n");
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_the_command_that_it_was_told_to_and_speaks_the_version_that_it_was_told_to()
    {
        var wish = new NodeSmtpWish
        {
            MaximumVersion = "TLSv1.2",
            Refusals = new Dictionary<string, string> { ["RCPT"] = "452 4.2.2 full" },
        };
        using var client = await ConnectAsync(await world.StartNodeAsync("mx.refuses.test", wish));
        client.SslProtocol.ShouldBe(System.Security.Authentication.SslProtocols.Tls12);
        (await Should.ThrowAsync<SmtpCommandException>(() => SendAsync(client))).StatusCode.ShouldBe(
            (SmtpStatusCode)452
        );
    }

    private async Task<SmtpClient> ConnectAsync(NodeSmtp server)
    {
        var client = new SmtpClient();
        client.ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate!.Issuer == world.Authority.Certificate.Subject;
        var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Tcp
        );
        await socket.ConnectAsync(server.Address, world.Loopback.Port);
        await client.ConnectAsync(socket, server.HostName, world.Loopback.Port, SecureSocketOptions.StartTls);
        return client;
    }

    private static async Task SendAsync(SmtpClient client)
    {
        using var message = new MimeMessage { Body = new TextPart("plain") { Text = "text" } };
        await client.SendAsync(
            message,
            new MailboxAddress("", "me@here.test"),
            [new MailboxAddress("", "a@there.test")]
        );
    }
}
