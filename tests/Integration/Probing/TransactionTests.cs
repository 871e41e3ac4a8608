using System.Text;
using TlsOrLink.Domains;
using TlsOrLink.Smtp;
using TlsOrLink.Tests.Kit.Certificates;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>What a transaction puts on the wire, and what it says of how far it came.</summary>
public sealed class TransactionTests
{
    private static ServerCertificate Good { get; } = ClientWorld.Authority.Issue("mx.test");

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
        var seen = new List<string>();
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync("250 a\r\n");
            seen.AddRange(await AnswerAsync(talk, "250 ok", "250 ok", "250 reset"));
        });
        using var world = new ClientWorld(peer.Port);
        await using var session = await OpenAsync(world, peer);

        var result = await session.TransactAsync(
            Envelope("a@rcpt.test"),
            _ => throw new InvalidOperationException("the message must not be opened"),
            (replies, _) => Task.FromResult(replies[0] is not { IsPositive: true }),
            CancellationToken.None
        );

        seen[^1].ShouldBe("RSET");
        result.Phase.ShouldBe(TransactionPhase.Envelope);
        result.Reusable.ShouldBeTrue();
        result.Accepted(0).ShouldBeFalse();
    }

    public static TheoryData<string, string[], bool, string, string?> Breaks =>
        new()
        {
            { "MAIL refused", ["550 5.7.1 not you", "250 reset"], false, "Envelope", null },
            { "every RCPT refused", ["250 ok", "550 no", "250 reset"], false, "Envelope", null },
            { "closing at RCPT", ["250 ok"], true, "Envelope", "dropped" },
            { "421 at RCPT", ["250 ok", "421 bye"], true, "Envelope", null },
            { "DATA refused", ["250 ok", "250 ok", "451 no", "250 reset"], false, "Envelope", null },
            { "closing at DATA", ["250 ok", "250 ok"], true, "Envelope", "dropped" },
            { "closing after the dot", ["250 ok", "250 ok", "354 go"], false, "Dot", "dropped" },
            { "nonsense after the dot", ["250 ok", "250 ok", "354 go", "hello"], false, "Dot", "not-smtp" },
            { "552 after the dot", ["250 ok", "250 ok", "354 go", "552 5.3.4 big"], false, "Replied", null },
            { "421 after the dot", ["250 ok", "250 ok", "354 go", "421 bye"], false, "Replied", null },
        };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Knows_how_far_a_transaction_came(
        string what,
        string[] replies,
        bool closes,
        string phase,
        string? fault
    )
    {
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync("250 a\r\n");
            foreach (var reply in replies)
            {
                var inData = reply == replies.Skip(3).FirstOrDefault() && replies[2][0] == '3';
                await (inData ? talk.ReadDataAsync() : talk.ReadLineAsync());
                await talk.SendAsync(reply + "\r\n");
            }

            await (replies is [_, _, ['3', ..]] ? talk.ReadDataAsync() : talk.ReadLineAsync());
        });
        using var world = new ClientWorld(peer.Port);
        await using var session = await OpenAsync(world, peer);

        var result = await session.TransactAsync(Envelope("a@rcpt.test"), Content("x"), null, CancellationToken.None);

        result.Phase.ToString().ShouldBe(phase, what);
        result.Fault.ShouldBe(fault, what);
        result.Accepted(0).ShouldBeFalse(what);
        result.Unconfirmed(0).ShouldBe(phase == "Dot", what);
        result.Reusable.ShouldBe(!closes && replies[^1] is "250 reset" or "552 5.3.4 big", what);
    }

    [Fact]
    public async Task Stops_waiting_for_a_reply_that_comes_byte_by_byte()
    {
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync("250 a\r\n");
            await talk.ReadLineAsync();
            while (true)
            {
                await talk.SendAsync("2");
                await Task.Delay(100, talk.Stop);
            }
        });
        using var world = new ClientWorld(peer.Port, ("Smtp:ReplyDeadline", "00:00:01"));
        await using var session = await OpenAsync(world, peer);
        var started = TimeProvider.System.GetTimestamp();

        var result = await session.TransactAsync(Envelope("a@rcpt.test"), Content("x"), null, CancellationToken.None);

        result.Fault.ShouldBe("timeout");
        result.Phase.ShouldBe(TransactionPhase.Envelope);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("requiretls-not-offered")]
    [InlineData("smtputf8-not-offered")]
    [InlineData("8bitmime-not-offered")]
    [InlineData("size-exceeded")]
    public async Task Asks_for_nothing_that_the_server_does_not_offer(string fault)
    {
        var command = new TaskCompletionSource<string>();
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync("250-a\r\n250 SIZE 100\r\n");
            command.SetResult(await talk.ReadLineAsync());
        });
        using var world = new ClientWorld(peer.Port);
        var plain = Envelope(fault == "smtputf8-not-offered" ? "\u00fc@rcpt.test" : "a@rcpt.test");
        TransactionResult result;
        await using (var session = await OpenAsync(world, peer))
        {
            result = await session.TransactAsync(
                plain with
                {
                    RequireTls = fault == "requiretls-not-offered",
                    EightBit = fault == "8bitmime-not-offered",
                    Bytes = fault == "size-exceeded" ? 101 : 100,
                },
                Content("x"),
                null,
                CancellationToken.None
            );
        }

        result.Fault.ShouldBe(fault);
        (await command.Task).ShouldBe("QUIT", "no command of the transaction may have been sent");
    }

    [Fact]
    public async Task Lets_a_fault_of_the_content_through_and_leaves_the_message_unfinished()
    {
        var data = new TaskCompletionSource<string>();
        await using var peer = Peer(async talk =>
        {
            await talk.ReadLineAsync();
            await talk.SendAsync("250 a\r\n");
            await AnswerAsync(talk, "250 ok", "250 ok", "354 go");
            try
            {
                data.SetResult(await talk.ReadDataAsync());
            }
            catch (IOException)
            {
                data.SetResult("unfinished");
            }
        });
        using var world = new ClientWorld(peer.Port);
        var session = await OpenAsync(world, peer);

        await Should.ThrowAsync<InvalidDataException>(() =>
            session.TransactAsync(
                Envelope("a@rcpt.test"),
                _ => Task.FromResult<Stream>(new BrokenContent()),
                null,
                CancellationToken.None
            )
        );
        await session.DisposeAsync();

        (await data.Task).ShouldBe("unfinished");
    }

    private static ScriptedPeer Peer(Func<PeerConversation, Task> script) =>
        new(async talk =>
        {
            await talk.GreetAsync("250 STARTTLS");
            await talk.StartTlsAsync(Good);
            await script(talk);
        });

    private static async Task<List<string>> AnswerAsync(PeerConversation talk, params string[] replies)
    {
        var lines = new List<string>();
        foreach (var reply in replies)
        {
            lines.Add(await talk.ReadLineAsync());
            await talk.SendAsync(reply + "\r\n");
        }

        return lines;
    }

    private static async Task<ISmtpSession> OpenAsync(ClientWorld world, ScriptedPeer peer) =>
        (await world.ConnectAsync(peer)).ShouldBeOfType<ConnectOutcome.Secured>().Session;

    private static SmtpEnvelope Envelope(params string[] recipients) =>
        new(Address("me@sender.test"), [.. recipients.Select(Address)]);

    private static MailAddress Address(string text) =>
        MailAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    private static Func<CancellationToken, Task<Stream>> Content(string text) =>
        _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private sealed class BrokenContent : MemoryStream
    {
        private bool _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read)
            {
                throw new InvalidDataException("storage went away");
            }

            _read = true;
            buffer.Span[..8].Fill((byte)'x');
            return ValueTask.FromResult(8);
        }
    }
}
