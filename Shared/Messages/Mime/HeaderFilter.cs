using System.Buffers;
using System.Text;

namespace TlsOrLink.Messages.Mime;

/// <summary>Leaves header fields out of a message that comes in pieces with CRLF line ends. Folded lines go with their field.</summary>
internal sealed class HeaderFilter
{
    // Longer than any name that is left out, with white space before its colon.
    private const int DecideBytes = 40;
    private static readonly string[] LeftOut = ["Bcc", "Resent-Bcc", "TLS-Required"];

    private readonly ArrayBufferWriter<byte> output = new();
    private readonly List<byte> start = [];
    private State state = State.LineStart;
    private bool dropping;

    private enum State
    {
        LineStart,
        InLine,
        Body,
    }

    /// <summary>What stays of the next piece, good until the next call.</summary>
    public ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> piece)
    {
        if (state == State.Body)
        {
            return piece;
        }

        output.ResetWrittenCount();
        output.GetSpan(piece.Length + DecideBytes); // taken once, not piece by piece
        var rest = piece.Span;
        while (rest.Length > 0)
        {
            rest = state switch
            {
                State.LineStart => Decide(rest),
                State.InLine => Pass(rest),
                _ => Emit(rest),
            };
        }

        return output.WrittenMemory;
    }

    /// <summary>What is left when nothing more comes.</summary>
    public ReadOnlyMemory<byte> End()
    {
        output.ResetWrittenCount();
        if (state == State.LineStart && start.Count > 0)
        {
            Begin();
        }

        return output.WrittenMemory;
    }

    /// <summary>Collects the start of a line until it is clear whose it is.</summary>
    private ReadOnlySpan<byte> Decide(ReadOnlySpan<byte> rest)
    {
        start.Add(rest[0]);
        if (start is [(byte)'\r', (byte)'\n'])
        {
            output.Write(start.ToArray());
            state = State.Body;
        }
        else if (
            start[0] is (byte)' ' or (byte)'\t'
            || rest[0] is (byte)':' or (byte)'\n'
            || start.Count == DecideBytes
        )
        {
            Begin();
            state = rest[0] == '\n' ? State.LineStart : State.InLine;
        }

        return rest[1..];
    }

    /// <summary>Begins a line: a folded one goes with the line before it.</summary>
    private void Begin()
    {
        if (start[0] is not ((byte)' ' or (byte)'\t'))
        {
            var name = Encoding.Latin1.GetString([.. start]);
            // Without its colon the name may still be one with much white space behind it (RFC 5322 section 4.5).
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            dropping = LeftOut.Contains((colon > 0 ? name[..colon] : name).TrimEnd(), StringComparer.OrdinalIgnoreCase);
        }

        if (!dropping)
        {
            output.Write(start.ToArray());
        }

        start.Clear();
    }

    private ReadOnlySpan<byte> Pass(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n') + 1;
        state = end > 0 ? State.LineStart : State.InLine;
        var line = end > 0 ? rest[..end] : rest;
        if (!dropping)
        {
            output.Write(line);
        }

        return rest[line.Length..];
    }

    private ReadOnlySpan<byte> Emit(ReadOnlySpan<byte> rest)
    {
        output.Write(rest);
        return [];
    }
}
