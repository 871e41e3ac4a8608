using System.Buffers;
using System.Buffers.Text;

namespace TlsOrLink.Messages.Mime;

/// <summary>
/// Decodes base64 (RFC 4648 section 4) that comes in pieces. Line breaks between characters are ignored, as tools wrap lines; everything
/// else that is not of the alphabet, and wrong padding, is a fault.
/// </summary>
internal sealed class Base64Input
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8
    );

    private byte[] characters = new byte[4096];
    private byte[] output = new byte[4096];
    private int held;
    private bool ended;

    /// <summary>The characters so far are whole.</summary>
    public bool IsWhole => held == 0;

    /// <summary>Decodes the next piece.</summary>
    /// <param name="piece">Characters, as UTF-8.</param>
    /// <param name="decoded">What came out; good until the next call.</param>
    /// <returns>False where this is not base64.</returns>
    public bool TryDecode(ReadOnlySpan<byte> piece, out ReadOnlyMemory<byte> decoded)
    {
        decoded = default;
        if (!Hold(piece))
        {
            return false;
        }

        var quanta = held & ~3;
        if (quanta == 0)
        {
            return true;
        }

        if (output.Length < quanta)
        {
            output = new byte[quanta];
        }

        var input = characters.AsSpan(0, quanta);
        var status = Base64.DecodeFromUtf8(input, output, out var consumed, out var written);
        if (ended || status != OperationStatus.Done || consumed != quanta)
        {
            return false;
        }

        ended = input[^1] == '=';
        decoded = output.AsMemory(0, written);
        characters.AsSpan(quanta, held - quanta).CopyTo(characters);
        held -= quanta;
        return !ended || held == 0;
    }

    private bool Hold(ReadOnlySpan<byte> piece)
    {
        if (characters.Length < held + piece.Length)
        {
            Array.Resize(ref characters, held + piece.Length);
        }

        while (piece.Length > 0)
        {
            var run = piece.IndexOfAnyExcept(Alphabet) is var at and >= 0 ? at : piece.Length;
            piece[..run].CopyTo(characters.AsSpan(held));
            held += run;
            if (run < piece.Length && piece[run] is not ((byte)'\r' or (byte)'\n'))
            {
                return false;
            }

            piece = piece[Math.Min(run + 1, piece.Length)..];
        }

        return !(ended && held > 0);
    }
}
