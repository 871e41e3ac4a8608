using System.Diagnostics;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.World;

public sealed class ScriptedSmtpTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task Tells_what_crossed_in_clear_text_from_what_crossed_under_TLS()
    {
        await using var server = NewServer();
        await SendAsync(server, SecureSocketOptions.StartTls, "secret body", "a@there.test", "b@there.test");
        await SendAsync(server, SecureSocketOptions.None, "open body", "a@there.test");

        var connections = server.Connections;
        connections[0].Clear.ShouldContain("STARTTLS\r\n");
        connections[0].Clear.ShouldNotContain("secret body");
        connections[0].UnderTls.ShouldContain("secret body");
        connections[1].Clear.ShouldContain("open body");
        server
            .Messages.Select(m => (m.OverTls, string.Join(',', m.Recipients)))
            .ShouldBe([(true, "a@there.test,b@there.test"), (false, "a@there.test")]);
        server.Messages[0].Text.ShouldEndWith("secret body\r\n");
    }

    [Theory]
    [InlineData(SmtpPoint.AfterRecipientReply, 0)]
    [InlineData(SmtpPoint.BeforeMessageReply, 1)]
    public async Task Stands_still_where_told_and_has_what_had_come_by_then(SmtpPoint point, int messages)
    {
        await using var server = NewServer();
        using var stall = server.StallAt(point);
        var sending = SendAsync(server, SecureSocketOptions.StartTls, "text", "a@there.test");
        await stall.Reached.WaitAsync(Eventually.Patience);
        server.Messages.Count.ShouldBe(messages);
        sending.IsCompleted.ShouldBeFalse();
        stall.Release();
        await sending;
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Changes_from_one_connection_to_the_next()
    {
        await using var server = NewServer();
        var other = world.Authority.Issue(new CertificateWish(server.HostName) { SelfSigned = true });
        server.Script = number => new SmtpScript
        {
            OffersStartTls = number < 3,
            Certificate = number == 2 ? other : null,
        };
        await SendAsync(server, SecureSocketOptions.StartTls, "1", "a@there.test");
        await Should.ThrowAsync<SslHandshakeException>(() =>
            SendAsync(server, SecureSocketOptions.StartTls, "2", "a@there.test")
        );
        await Should.ThrowAsync<NotSupportedException>(() =>
            SendAsync(server, SecureSocketOptions.StartTls, "3", "a@there.test")
        );
        server.Messages.ShouldHaveSingleItem();
        server.Connections.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Refuses_some_recipients_and_hangs_up_without_a_reply()
    {
        await using var server = NewServer(
            new SmtpScript
            {
                RecipientReply = a => a.StartsWith('b') ? "450 4.2.0 later" : "250 ok",
                DropsAfterData = true,
            }
        );
        await Should.ThrowAsync<SmtpCommandException>(() =>
            SendAsync(server, SecureSocketOptions.StartTls, "x", "b@there.test")
        );
        await Should.ThrowAsync<SmtpProtocolException>(() =>
            SendAsync(server, SecureSocketOptions.StartTls, "y", "a@there.test")
        );
        server.Messages.ShouldHaveSingleItem().Text.ShouldEndWith("y\r\n");
    }

    [Fact]
    public async Task Answers_before_TLS_as_badly_as_told()
    {
        (await ReadAsync(SmtpScript.Busy)).ShouldBe("421 4.7.0 too many connections\r\n");
        (await ReadAsync(new() { DropsAfterGreeting = true })).ShouldBe("220 scripted ESMTP\r\n");
        (await ReadAsync(new() { StartTlsReply = "454 4.7.0 not now" }, "STARTTLS\r\nQUIT\r\n")).ShouldContain(
            "454 4.7.0"
        );
        (
            await ReadAsync(new() { Injection = "250-INJECTED\r\n", DropsInHandshake = true }, "STARTTLS\r\n")
        ).ShouldEndWith("220 go ahead\r\n250-INJECTED\r\n");
        (await ReadAsync(new() { EndlessEhlo = true }, "EHLO x\r\n", atMost: 1 << 20)).Length.ShouldBeGreaterThan(
            1 << 20
        );
    }

    [Fact]
    public async Task Dribbles_its_greeting()
    {
        var clock = Stopwatch.StartNew();
        var text = await ReadAsync(
            new()
            {
                Greeting = "220 slow\r\n",
                GreetingPause = TimeSpan.FromMilliseconds(30),
                DropsAfterGreeting = true,
            }
        );
        text.ShouldBe("220 slow\r\n");
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task Refuses_EHLO_under_TLS()
    {
        await using var server = NewServer(new SmtpScript { RefusesEhloUnderTls = true });
        await SendAsync(server, SecureSocketOptions.StartTls, "x", "a@there.test");
        server.Connections[0].UnderTls.ShouldStartWith("EHLO ");
        server
            .Connections[0]
            .UnderTls.ShouldContain("HELO ", customMessage: "MailKit falls back to HELO: that is the trap");
    }

    private ScriptedSmtp NewServer(SmtpScript? script = null) =>
        world.StartScripted($"mx.{Guid.NewGuid().ToString("n")[..8]}.test", script);

    private async Task<string> ReadAsync(SmtpScript script, string sent = "", int atMost = int.MaxValue)
    {
        await using var server = NewServer(script);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address, world.Loopback.Port);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(sent));
        var (text, buffer) = (new System.Text.StringBuilder(), new byte[4096]);
        while (text.Length <= atMost && await client.GetStream().ReadAsync(buffer) is > 0 and var read)
        {
            text.Append(System.Text.Encoding.ASCII.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private async Task SendAsync(
        ScriptedSmtp server,
        SecureSocketOptions options,
        string text,
        params string[] recipients
    )
    {
        using var client = new SmtpClient();
        client.ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate!.Issuer == world.Authority.Certificate.Subject;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address, world.Loopback.Port);
        await client.ConnectAsync(socket, server.HostName, world.Loopback.Port, options);
        using var message = new MimeMessage { Body = new TextPart("plain") { Text = text } };
        await client.SendAsync(
            message,
            new MailboxAddress("", "me@here.test"),
            recipients.Select(r => new MailboxAddress("", r))
        );
        await client.DisconnectAsync(quit: true);
    }
}
