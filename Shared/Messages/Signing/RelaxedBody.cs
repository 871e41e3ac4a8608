using System.Buffers;
using System.Security.Cryptography;

namespace TlsOrLink.Messages.Signing;

/// <summary>Hashes a body that comes in pieces with CRLF line ends, in the relaxed form (RFC 6376 section 3.4.4): holds no line.</summary>
internal sealed class RelaxedBody : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> output = new();
    private long emptyLines;
    private bool space;
    private bool inLine;

    /// <summary>The next piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        output.ResetWrittenCount();
        foreach (var b in piece)
        {
            switch (b)
            {
                case (byte)'\r':
                    break; // stands before LF alone
                case (byte)'\n':
                    EndLine();
                    break;
                case (byte)' ' or (byte)'\t':
                    space = true;
                    break;
                default:
                    Put(b);
                    break;
            }
        }

        hash.AppendData(output.WrittenSpan);
    }

    /// <summary>The hash; a last line without an end gets one.</summary>
    public byte[] Finish()
    {
        if (inLine)
        {
            hash.AppendData("\r\n"u8);
        }

        return hash.GetHashAndReset();
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void EndLine()
    {
        if (inLine)
        {
            output.Write("\r\n"u8);
        }
        else
        {
            emptyLines++; // counts only if something follows
        }

        (inLine, space) = (false, false);
    }

    private void Put(byte b)
    {
        for (; emptyLines > 0; emptyLines--)
        {
            output.Write("\r\n"u8);
        }

        if (space)
        {
            output.Write(" "u8);
        }

        output.Write([b]);
        (inLine, space) = (true, false);
    }
}
