using TlsOrLink.Smtp;
using static TlsOrLink.Tests.Integration.Probing.MailScripts;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>How far a transaction came that did not come to its end.</summary>
public sealed class BrokenTransactionTests
{
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
        TimeProvider
            .System.GetElapsedTime(started)
            .ShouldBeLessThan(TimeSpan.FromSeconds(30), "the bytes would come for ever");
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
