using System.Text;
using CsCheck;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class Base64Tests
{
    [Fact]
    public void Decodes_whatever_pieces_and_line_breaks_it_comes_in() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 20].Array[1, 4], Gen.Bool)
            .Sample(
                (bytes, sizes, wrapped) =>
                {
                    var text = Convert.ToBase64String(
                        bytes,
                        wrapped ? Base64FormattingOptions.InsertLineBreaks : Base64FormattingOptions.None
                    );
                    return Decode(text, sizes) is { } decoded && decoded.SequenceEqual(bytes);
                },
                iter: 2000
            );

    [Theory]
    [InlineData("QUJ")]
    [InlineData("QUJD=")]
    [InlineData("QUI==")]
    [InlineData("QU=J")]
    [InlineData("=")]
    [InlineData("QQ==QUJD")]
    [InlineData("QUJD QUJD")]
    [InlineData("QUJD\tQUJD")]
    [InlineData("QUJD-_JD")]
    [InlineData("QUJDé")]
    public void Refuses_wrong_padding_and_foreign_characters_in_any_pieces(string text)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            Decode(text, size).ShouldBeNull($"in pieces of {size}");
        }
    }

    private static byte[]? Decode(string text, params int[] sizes)
    {
        var stream = new Pieces(Encoding.UTF8.GetBytes(text), sizes);
        var base64 = new Base64Input();
        List<byte> all = [];
        var buffer = new byte[64];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0; )
        {
            if (!base64.TryDecode(buffer.AsSpan(0, read), out var decoded))
            {
                return null;
            }

            all.AddRange(decoded.Span);
        }

        return base64.IsWhole ? [.. all] : null;
    }
}
