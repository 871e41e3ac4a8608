using System.Text;
using CsCheck;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Smtp;

public sealed class DataEncoderTests
{
    private static readonly Gen<byte[]> Messages = Gen.Int[0, 4]
        .Select(i => "\r\n.x\u00ff"[i])
        .Select(c => (byte)c)
        .Array[0, 60];

    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData("a\r\n.\r\nMAIL FROM:<evil>", "a\r\n..\r\nMAIL FROM:<evil>\r\n.\r\n")]
    [InlineData("a\n.\nb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a\r.\rb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a\r\r\nb", "a\r\n\r\nb\r\n.\r\n")]
    [InlineData("a\n\r\nb", "a\r\n\r\nb\r\n.\r\n")]
    public void Stuffs_dots_and_makes_line_ends_whole(string message, string wire) =>
        Text(Encode(Encoding.Latin1.GetBytes(message), [])).ShouldBe(wire);

    [Fact]
    public void Says_the_same_however_the_message_is_cut() =>
        Gen.Select(Messages, Gen.Int[0, 60].Array[0, 6])
            .Sample((message, cuts) => Text(Encode(message, cuts)) == Text(Encode(message, [])));

    [Fact]
    public void Comes_back_as_it_went_with_crlf_line_ends() =>
        Messages.Sample(message => Decode(Text(Encode(message, []))) == Whole(Encoding.Latin1.GetString(message)));

    [Fact]
    public void Never_ends_the_message_before_its_end() =>
        Messages.Sample(message =>
        {
            var wire = "\r\n" + Text(Encode(message, []));
            return wire.IndexOf("\r\n.\r\n", StringComparison.Ordinal) == wire.Length - 5
                && !wire.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n');
        });

    private static byte[] Encode(byte[] message, int[] cuts)
    {
        var encoder = new DataEncoder();
        var wire = new List<byte>();
        var bounds = cuts.Where(cut => cut < message.Length).Append(0).Append(message.Length).Order().ToList();
        for (var i = 1; i < bounds.Count; i++)
        {
            var part = message.AsSpan(bounds[i - 1], bounds[i] - bounds[i - 1]);
            var room = new byte[DataEncoder.MaxLength(part.Length)];
            wire.AddRange(room[..encoder.Encode(part, room)]);
        }

        var end = new byte[5];
        wire.AddRange(end[..encoder.Finish(end)]);
        return [.. wire];
    }

    private static string Decode(string wire) =>
        string.Concat(
            wire[..^3].Split("\r\n")[..^1].Select(line => (line.StartsWith('.') ? line[1..] : line) + "\r\n")
        );

    private static string Whole(string message)
    {
        var lines = message.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return (lines.Length == 0 || lines.EndsWith('\n') ? lines : lines + "\n").Replace(
            "\n",
            "\r\n",
            StringComparison.Ordinal
        );
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
