using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit.Processes;
using static TlsOrLink.Tests.Integration.Probing.MailScripts;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>What a transaction puts on the wire, and what it says of how far it came.</summary>
public sealed class TransactionTests
{
    [Fact]
    public async Task Sends_the_message_byte_for_byte_with_dots_stuffed_and_bare_line_ends_made_whole()
    {
        var seen = new List<string>();
        await using var peer = Peer(async talk =>
        {
            seen.Add(await talk.ReadLineAsync());
            await talk.SendAsync("250-a\r\n250-8BITMIME\r\n250-SIZE 900\r\n250 REQUIRETLS\r\n");
            seen.AddRange(await AnswerAsync(talk, "250 ok", "250 ok", "354 go"));
            seen.Add(await talk.ReadDataAsync());
            await talk.SendAsync("250 2.0.0 queued as <secret@place>\r\n");
        });
        using var world = new ClientWorld(peer.Port);
        await using var session = await OpenAsync(world, peer);

        var result = await session.TransactAsync(
            Envelope("a@rcpt.test") with
            {
                RequireTls = true,
                EightBit = true,
                Bytes = 10,
            },
            Content("Subject: \u00e9\r\n\r\n.dot\r\n..\r\nbare\rcr\nlf\n.\r\nend"),
            null,
            CancellationToken.None
        );

        seen.ShouldBe([
            "EHLO client.example",
            "MAIL FROM:<me@sender.test> SIZE=10 BODY=8BITMIME REQUIRETLS",
            "RCPT TO:<a@rcpt.test>",
            "DATA",
            "Subject: \u00c3\u00a9\r\n\r\n..dot\r\n...\r\nbare\r\ncr\r\nlf\r\n..\r\nend\r\n",
        ]);
        result.Phase.ShouldBe(TransactionPhase.Replied);
        result.Accepted(0).ShouldBeTrue();
        result.Reusable.ShouldBeTrue();
        result.DataReply.ShouldBe(new SmtpReply(250, "2.0.0", "2.0.0 queued as <secret@place>"));
        $"{result.DataReply}".ShouldBe("250 2.0.0", "a reply in a log shows its code alone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keeps_the_replies_of_recipients_apart(bool pipelining)
    {
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync(pipelining ? "250-a\r\n250 PIPELINING\r\n" : "250 a\r\n");
            await AnswerAsync(talk, "250 ok", "250 ok", "550-5.1.1 who\r\n550 5.1.1 is that", "450 later", "354 go");
            await talk.ReadDataAsync();
            await talk.SendAsync("250 ok\r\n");
        });
        using var world = new ClientWorld(peer.Port);
        await using var session = await OpenAsync(world, peer);

        var result = await session.TransactAsync(
            Envelope("a@rcpt.test", "b@rcpt.test", "c@rcpt.test"),
            Content("x"),
            null,
            CancellationToken.None
        );

        result.Recipients.ShouldBe([
            new SmtpReply(250, null, "ok"),
            new SmtpReply(550, "5.1.1", "5.1.1 who 5.1.1 is that"),
            new SmtpReply(450, null, "later"),
        ]);
        Enumerable.Range(0, 3).Select(result.Accepted).ShouldBe([true, false, false]);
        result.Deciding(1)!.IsPermanent.ShouldBeTrue();
        result.Deciding(2)!.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Carries_two_thousand_recipients_and_a_second_message_on_one_connection()
    {
        await using var peer = new ScriptedPeer(ScriptedPeer.Ordinary(Good, "PIPELINING"));
        using var world = new ClientWorld(peer.Port);
        await using var session = await OpenAsync(world, peer);
        var many = Enumerable.Range(0, 2000).Select(i => $"r{i}@rcpt.test").ToArray();

        var first = await session.TransactAsync(Envelope(many), Content("1"), null, CancellationToken.None);
        var second = await session.TransactAsync(Envelope("a@rcpt.test"), Content("2"), null, CancellationToken.None);

        first.Recipients.Count(reply => reply is { IsPositive: true }).ShouldBe(2000);
        second.Accepted(0).ShouldBeTrue();
        peer.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Ends_before_data_where_the_ledger_does_not_take_the_claim()
    {
        var last = new TaskCompletionSource<string>();
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync("250 a\r\n");
            await AnswerAsync(talk, "250 ok", "250 ok");
            last.SetResult(await talk.ReadLineAsync());
            await talk.SendAsync("250 reset\r\n");
        });
        using var world = new ClientWorld(peer.Port);
        await using var session = await OpenAsync(world, peer);

        var result = await session.TransactAsync(
            Envelope("a@rcpt.test"),
            _ => throw new InvalidOperationException("the message must not be opened"),
            (replies, _) => Task.FromResult(replies[0] is not { IsPositive: true }),
            CancellationToken.None
        );

        (await last.Task.WaitAsync(Eventually.Patience)).ShouldBe("RSET");
        result.Phase.ShouldBe(TransactionPhase.Envelope);
        result.Reusable.ShouldBeTrue();
        result.Accepted(0).ShouldBeFalse();
    }
}
