using System.Text;
using CsCheck;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class TransparentMessageTests
{
    private static readonly Gen<(string Field, bool Stays)> Field = Gen.Select(
        OneOf("Bcc", "BCC", "Resent-Bcc", "TLS-Required", "Subject", "X-Bcc", "Bccx", "To", "B"),
        Gen.String[Gen.Char["ab :\t=日"], 0, 60],
        Gen.String[Gen.Char["ab :\t"], 0, 10].List[0, 3],
        (name, value, folded) =>
            (
                $"{name}:{value}\r\n" + string.Concat(folded.Select(line => $" {line}\r\n")),
                name.ToUpperInvariant() is not ("BCC" or "RESENT-BCC" or "TLS-REQUIRED")
            )
    );

    [Fact]
    public void Leaves_out_what_must_not_go_and_keeps_every_other_byte_in_any_pieces() =>
        Gen.Select(
                Field.List[0, 8],
                Gen.String[Gen.Char["Bc:c \r\nx."], 0, 80],
                Gen.Int[1, 30].Array[1, 4],
                OneOf("", "Received: by us\r\n")
            )
            .Sample(
                (fields, text, sizes, prepend) =>
                {
                    var body = text.ReplaceLineEndings("\r\n").Replace("\r\n\r", "\r\n", StringComparison.Ordinal);
                    body = Encoding.ASCII.GetString(Normal(Encoding.ASCII.GetBytes(body)));
                    var message = string.Concat(fields.Select(field => field.Field)) + "\r\n" + body;
                    var wanted =
                        prepend
                        + string.Concat(fields.Where(field => field.Stays).Select(field => field.Field))
                        + "\r\n"
                        + body;
                    return Pass(message, prepend, sizes) == wanted;
                },
                iter: 3000
            );

    [Theory]
    [InlineData("A: b\n\nx\r\ny\rz\n", "A: b\r\n\r\nx\r\ny\r\nz\r\n")]
    [InlineData("A: b\r\n\r\n.\n.\r.\r\n", "A: b\r\n\r\n.\r\n.\r\n.\r\n")]
    [InlineData("Bcc: a\n b\nTo: c\n\nBcc: stays\n", "To: c\r\n\r\nBcc: stays\r\n")]
    [InlineData("Bcc: only", "")]
    [InlineData("To", "To")]
    [InlineData("TLS-Required: No\r\n", "")]
    public void Makes_all_line_ends_CRLF(string message, string wanted)
    {
        for (var size = 1; size <= message.Length; size++)
        {
            Pass(message, "", size).ShouldBe(wanted, $"in pieces of {size}");
        }
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static byte[] Normal(byte[] bytes)
    {
        var lines = new TlsOrLink.Messages.Mime.CrLf();
        return lines.Next(bytes).ToArray();
    }

    private static string Pass(string message, string prepend, params int[] sizes)
    {
        using var stream = new TransparentMessage(new Pieces(Encoding.UTF8.GetBytes(message), sizes), prepend);
        using var copy = new MemoryStream();
        stream.CopyTo(copy, 7);
        return Encoding.UTF8.GetString(copy.ToArray());
    }
}
