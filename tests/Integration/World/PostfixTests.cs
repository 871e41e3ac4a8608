using System.Net.Security;
using System.Security.Authentication;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.World;

public sealed class PostfixTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task A_good_server_delivers_over_TLS_and_gives_back_the_bytes()
    {
        var server = await NewServerAsync(MailFlavour.Good);
        var errors = await SendAsync(server, "first line\r\n.second line\r\n", "a@there.test", "b@there.test");
        errors.ShouldBe(SslPolicyErrors.None);

        var mail = await server.WaitForMailAsync(2);
        mail.Select(m => m.Recipient).Order().ShouldBe(["a@there.test", "b@there.test"]);
        mail.ShouldAllBe(m => m.Tls == "TLSv1.3" && m.Sender == "me@here.test" && m.By == server.HostName);
        mail.ShouldAllBe(m => m.Text.EndsWith("\r\n\r\nfirst line\r\n.second line\r\n"));
        mail.ShouldAllBe(m => !m.Text.Contains("Received:"));
        (await server.WaitForSessionsAsync()).ShouldBe([
            new SmtpSession(StartTls: 1, Mails: 1, Recipients: 2, Data: 1),
        ]);
        server.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData(MailFlavour.SelfSigned, SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(MailFlavour.WrongName, SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(MailFlavour.Expired, SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(MailFlavour.NotYetValid, SslPolicyErrors.RemoteCertificateChainErrors)]
    public async Task A_bad_certificate_is_seen_as_what_it_is(MailFlavour flavour, SslPolicyErrors expected)
    {
        var server = await NewServerAsync(flavour);
        (await SendAsync(server, "text\r\n", "a@there.test")).ShouldBe(expected);
        (await server.WaitForMailAsync()).ShouldHaveSingleItem().Tls.ShouldBe("TLSv1.3");
    }

    [Fact]
    public async Task A_server_without_TLS_does_not_offer_it_and_says_so_of_its_mail()
    {
        var server = await NewServerAsync(MailFlavour.NoTls);
        await Should.ThrowAsync<NotSupportedException>(() => SendAsync(server, "text\r\n", "a@there.test"));
        await SendAsync(server, "text\r\n", SecureSocketOptions.None, "a@there.test");
        (await server.WaitForMailAsync()).ShouldHaveSingleItem().Tls.ShouldBeNull();
    }

    [Theory]
    [InlineData(MailFlavour.OldTls, typeof(SslHandshakeException), "")]
    [InlineData(MailFlavour.HandshakeFails, typeof(SslHandshakeException), "")]
    [InlineData(MailFlavour.TlsUnavailable, typeof(SmtpCommandException), "4.7.0")]
    [InlineData(MailFlavour.Greylisting, typeof(SmtpCommandException), "4.2.0")]
    [InlineData(MailFlavour.Refusing, typeof(SmtpCommandException), "5.1.1")]
    public async Task A_server_that_takes_no_mail_over_TLS_refuses_in_its_own_way(
        MailFlavour flavour,
        Type exception,
        string message
    )
    {
        var server = await NewServerAsync(flavour);
        var thrown = await Should.ThrowAsync<Exception>(() => SendAsync(server, "text\r\n", "a@there.test"));
        thrown.ShouldBeOfType(exception);
        thrown.Message.ShouldContain(message);
        server.GetMail().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_old_server_speaks_TLS_1_1_to_who_lowers_himself()
    {
        var server = await NewServerAsync(MailFlavour.OldTls);
        var answer = await Kit.Processes.Child.RunAsync(
            world.Folder.Root,
            [
                "bash",
                "-c",
                $"echo QUIT | openssl s_client -starttls smtp -tls1_1 -cipher DEFAULT@SECLEVEL=0 -connect {server.Address}:{world.Loopback.Port} 2>&1",
            ]
        );
        answer.ShouldContain("Protocol  : TLSv1.1");
    }

    [Fact]
    public async Task A_server_becomes_another_at_once()
    {
        var server = await NewServerAsync(MailFlavour.Good);
        await SendAsync(server, "one\r\n", "a@there.test");
        await server.BecomeAsync(MailFlavour.NoTls);
        await Should.ThrowAsync<NotSupportedException>(() => SendAsync(server, "two\r\n", "a@there.test"));
        await server.BecomeAsync(MailFlavour.SelfSigned);
        (await SendAsync(server, "three\r\n", "a@there.test")).ShouldBe(SslPolicyErrors.RemoteCertificateChainErrors);
        await server.StopAsync();
        await Should.ThrowAsync<System.Net.Sockets.SocketException>(() =>
            SendAsync(server, "four\r\n", "a@there.test")
        );
    }

    private async Task<PostfixServer> NewServerAsync(MailFlavour flavour) =>
        await (await world.Postfix).AddAsync($"mx.{Guid.NewGuid().ToString("n")[..8]}.test", flavour);

    private Task<SslPolicyErrors> SendAsync(PostfixServer server, string text, params string[] recipients) =>
        SendAsync(server, text, SecureSocketOptions.StartTls, recipients);

    /// <summary>Sends whatever the certificate is like, and says what was wrong with it.</summary>
    private async Task<SslPolicyErrors> SendAsync(
        PostfixServer server,
        string text,
        SecureSocketOptions options,
        params string[] recipients
    )
    {
        var found = SslPolicyErrors.None;
        using var client = new Client(server.HostName, world);
        client.ServerCertificateValidationCallback = (_, _, _, errors) => (found = errors) == errors;
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Tcp
        );
        await socket.ConnectAsync(server.Address, world.Loopback.Port);
        await client.ConnectAsync(socket, server.HostName, world.Loopback.Port, options);
        using var message = new MimeMessage
        {
            Body = new TextPart("plain") { Text = text },
            Subject = "kit",
        };
        await client.SendAsync(
            message,
            new MailboxAddress("", "me@here.test"),
            recipients.Select(r => new MailboxAddress("", r))
        );
        await client.DisconnectAsync(quit: true);
        return found;
    }

    private sealed class Client(string host, TestWorld world) : SmtpClient
    {
        protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
            string _,
            RemoteCertificateValidationCallback callback
        ) =>
            new()
            {
                TargetHost = host,
                AllowTlsResume = false,
                EnabledSslProtocols = SslProtocols.None,
                CertificateChainPolicy = world.Authority.NewPolicy(),
                RemoteCertificateValidationCallback = callback,
            };
    }
}
