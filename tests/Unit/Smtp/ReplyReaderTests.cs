using System.Text;
using CsCheck;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Smtp;

public sealed class ReplyReaderTests
{
    [Theory]
    [InlineData("250 2.1.5 fine\r\n", 250, "2.1.5", "2.1.5 fine")]
    [InlineData("250\r\n", 250, null, "")]
    [InlineData("250 fine\n", 250, null, "fine")]
    [InlineData("550-5.1.1 who\r\n550 5.1.1 is that\r\n", 550, "5.1.1", "5.1.1 who 5.1.1 is that")]
    [InlineData("450 5.1.1 of another class\r\n", 450, null, "5.1.1 of another class")]
    [InlineData("250 2.0.0 \u0007\u001b[31m\r\n", 250, "2.0.0", "2.0.0 [31m")]
    public async Task Reads_code_enhanced_code_and_text(string wire, int code, string? enhanced, string text) =>
        (await ReadAsync(wire)).ShouldBe(new SmtpReply(code, enhanced, text));

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("25\r\n")]
    [InlineData("650 no such class\r\n")]
    [InlineData("250x\r\n")]
    public async Task Refuses_what_is_no_reply(string wire) =>
        await Should.ThrowAsync<NotSmtpException>(() => ReadAsync(wire));

    [Fact]
    public async Task Refuses_a_line_without_end() =>
        await Should.ThrowAsync<NotSmtpException>(() => ReadAsync("250 " + new string('x', 10_000)));

    [Fact]
    public async Task Says_that_the_peer_closed() =>
        await Should.ThrowAsync<PeerClosedException>(() => ReadAsync("250-half\r\n"));

    [Fact]
    public async Task Keeps_512_characters_of_a_long_reply()
    {
        var reply = await ReadAsync(
            string.Concat(Enumerable.Repeat($"250-{new string('x', 400)}\r\n", 50)) + "250 end\r\n"
        );

        reply.Text.Length.ShouldBe(512);
    }

    [Fact]
    public async Task Reads_replies_however_they_are_cut() =>
        await Gen.Int[1, 9]
            .Array[1, 40]
            .SampleAsync(async sizes =>
            {
                var stream = new CutStream("250-a\r\n250-b\r\n250 c\r\n354 go\r\n550 5.1.1 no\r\n", sizes);
                var reader = new ReplyReader(stream);
                return (await reader.ReadAsync(default)) == new SmtpReply(250, null, "a b c")
                    && (await reader.ReadAsync(default)).Code == 354
                    && (await reader.ReadAsync(default)).Enhanced == "5.1.1";
            });

    private static Task<SmtpReply> ReadAsync(string wire) =>
        new ReplyReader(new MemoryStream(Encoding.UTF8.GetBytes(wire))).ReadAsync(CancellationToken.None);

    private sealed class CutStream(string text, int[] sizes) : MemoryStream(Encoding.ASCII.GetBytes(text))
    {
        private int _turn;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[_turn++ % sizes.Length])], cancellationToken);
    }
}
