namespace TlsOrLink.Smtp;

/// <summary>
/// Makes the bytes of a message fit for DATA, whatever way they are cut: a dot at the start of a line is doubled (RFC 5321 section 4.5.2), bare CR
/// and bare LF become CRLF (section 2.3.8: otherwise the end of the message can be smuggled).
/// </summary>
internal sealed class DataEncoder
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const byte Dot = (byte)'.';
    private bool _afterCr;
    private bool _atLineStart = true;

    /// <summary>Room that <see cref="Encode"/> needs at most: each byte may become two, and a line end may be owed from before.</summary>
    public static int MaxLength(int length) => (2 * length) + 2;

    /// <summary>Encodes the next bytes.</summary>
    /// <returns>Bytes written to <paramref name="output"/>.</returns>
    public int Encode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        while (!input.IsEmpty)
        {
            if (_afterCr)
            {
                written += EndLine(output[written..]);
                input = input[0] == Lf ? input[1..] : input;
                _afterCr = false;
                continue;
            }

            if (_atLineStart && input[0] == Dot)
            {
                output[written++] = Dot;
            }

            var run = input.IndexOfAny(Cr, Lf);
            run = run < 0 ? input.Length : run;
            input[..run].CopyTo(output[written..]);
            written += run;
            _atLineStart &= run == 0;
            input = input[run..];
            if (!input.IsEmpty)
            {
                _afterCr = input[0] == Cr;
                written += _afterCr ? 0 : EndLine(output[written..]);
                input = input[1..];
            }
        }

        return written;
    }

    /// <summary>Ends the message: a missing end of line, then the dot.</summary>
    public int Finish(Span<byte> output)
    {
        var written = _afterCr || !_atLineStart ? EndLine(output) : 0;
        _afterCr = false;
        ".\r\n"u8.CopyTo(output[written..]);
        return written + 3;
    }

    private int EndLine(Span<byte> output)
    {
        "\r\n"u8.CopyTo(output);
        _atLineStart = true;
        return 2;
    }
}
