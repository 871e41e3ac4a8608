using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Benchmarks.World;

/// <summary>A large request body that is made while it is sent, so that the sender's own memory is no part of the measurement.</summary>
/// <param name="before">Text before the file.</param>
/// <param name="fileBytes">Size of the file, decoded.</param>
/// <param name="form">How the file stands in the body.</param>
/// <param name="after">Text after it.</param>
internal sealed class GeneratedContent(string before, long fileBytes, FileForm form, string after) : HttpContent
{
    private const int BytesPerLine = 57;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(before));
        var piece = Encode(RandomNumberGenerator.GetBytes(BytesPerLine * 1024));
        for (var left = fileBytes; left > 0; left -= BytesPerLine * 1024)
        {
            await stream.WriteAsync(piece);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(after));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private byte[] Encode(byte[] piece) =>
        form switch
        {
            FileForm.Binary => piece,
            FileForm.Base64 => Text(piece),
            _ => [.. piece.Chunk(BytesPerLine).SelectMany(line => (byte[])[.. Text(line), (byte)'\r', (byte)'\n'])],
        };

    private static byte[] Text(byte[] piece)
    {
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(piece.Length)];
        Base64.EncodeToUtf8(piece, text, out _, out _);
        return text;
    }
}

/// <summary>How a file stands in a body.</summary>
internal enum FileForm
{
    Binary,
    Base64,
    Base64Lines,
}
