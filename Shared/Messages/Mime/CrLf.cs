namespace TlsOrLink.Messages.Mime;

/// <summary>Turns CR, LF and CRLF of bytes that come in pieces into CRLF.</summary>
internal sealed class CrLf
{
    private byte[] output = [];
    private bool afterCr;

    /// <summary>The next piece, good until the next call and while <paramref name="piece"/> is: where all its line ends are CRLF, it is that piece.</summary>
    public ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> piece) =>
        !afterCr && HasCrLfAlone(piece.Span) ? piece : Next(piece.Span);

    /// <summary>The next piece, good until the next call.</summary>
    public ReadOnlyMemory<byte> Next(ReadOnlySpan<byte> piece)
    {
        if (output.Length < 2 * piece.Length)
        {
            output = new byte[2 * piece.Length];
        }

        var length = 0;
        while (piece.Length > 0)
        {
            if (afterCr && piece[0] == '\n')
            {
                piece = piece[1..];
                afterCr = false;
                continue;
            }

            var run = piece.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0 ? at : piece.Length;
            piece[..run].CopyTo(output.AsSpan(length));
            length += run;
            afterCr = run < piece.Length && piece[run] == '\r';
            if (run < piece.Length)
            {
                "\r\n"u8.CopyTo(output.AsSpan(length));
                length += 2;
            }

            piece = piece[Math.Min(run + 1, piece.Length)..];
        }

        return output.AsMemory(0, length);
    }

    private static bool HasCrLfAlone(ReadOnlySpan<byte> piece)
    {
        while (piece.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            if (!piece[at..].StartsWith("\r\n"u8))
            {
                return false;
            }

            piece = piece[(at + 2)..];
        }

        return true;
    }
}
