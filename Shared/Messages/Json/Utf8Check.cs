using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TlsOrLink.Messages.Json;

/// <summary>Tells whether bytes that come in pieces are UTF-8 (RFC 3629).</summary>
internal sealed class Utf8Check
{
    private readonly byte[] carry = new byte[4];
    private int carried;

    /// <summary>Nothing is left over: the pieces so far end with a whole character.</summary>
    public bool IsWhole => carried == 0;

    /// <summary>Takes the next piece.</summary>
    /// <returns>False where it can be no UTF-8, whatever follows.</returns>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        while (carried > 0 && piece.Length > 0)
        {
            carry[carried++] = piece[0];
            piece = piece[1..];
            switch (Rune.DecodeFromUtf8(carry.AsSpan(0, carried), out _, out _))
            {
                case OperationStatus.Done:
                    carried = 0;
                    break;
                case OperationStatus.InvalidData:
                    return false;
            }
        }

        if (piece.Length > 0 && Rune.DecodeLastFromUtf8(piece, out _, out var last) == OperationStatus.NeedMoreData)
        {
            piece[^last..].CopyTo(carry);
            carried = last;
            piece = piece[..^last];
        }

        return Utf8.IsValid(piece);
    }
}
