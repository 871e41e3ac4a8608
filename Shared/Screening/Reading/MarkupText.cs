namespace TlsOrLink.Screening.Reading;

/// <summary>
/// The text within XML, in memory that does not grow with it: no tree, no attributes, no names over <see cref="MaxName"/> characters,
/// no entities but the five and numbers. Faulty XML is read as far as it makes sense. Pure.
/// </summary>
/// <param name="scan">Takes the text.</param>
/// <param name="breaks">Local names of elements at whose end a line ends; a tab stands between cells, which are named <c>c</c> and <c>tc</c>.</param>
internal sealed class MarkupText(TextScan scan, HashSet<string> breaks)
{
    private const string CData = "![CDATA[";
    private const int MaxName = 64;
    private readonly char[] buffer = new char[MaxName];
    private int length;
    private State state;

    private enum State
    {
        Text,
        Entity,
        Begin,
        Name,
        Attributes,
        SingleQuoted,
        DoubleQuoted,
        Special,
    }

    /// <summary>Reads on.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            state = state switch
            {
                State.Text => OfText(c),
                State.Entity => OfEntity(c),
                State.Begin => OfBegin(c),
                State.Name => OfName(c),
                State.SingleQuoted => c == '\'' ? State.Attributes : State.SingleQuoted,
                State.DoubleQuoted => c == '"' ? State.Attributes : State.DoubleQuoted,
                State.Special => OfSpecial(c),
                _ => OfAttributes(c),
            };
        }
    }

    private State OfText(char c)
    {
        length = 0;
        switch (c)
        {
            case '<':
                return State.Begin;
            case '&':
                return State.Entity;
            default:
                scan.Append(c);
                return State.Text;
        }
    }

    private State OfEntity(char c)
    {
        if (c == ';')
        {
            scan.Append(CharacterReference.Read(buffer.AsSpan(0, length)));
            return State.Text;
        }

        return c == '<' ? State.Begin
            : Keep(c, max: 12) ? State.Entity
            : State.Text;
    }

    private State OfBegin(char c)
    {
        length = 0;
        return c is '!' or '?' ? Kept(c, State.Special) : OfName(c);
    }

    private State OfName(char c)
    {
        switch (c)
        {
            case '>':
                EndElement();
                return State.Text;
            case ' ' or '\t' or '\r' or '\n':
                return State.Attributes;
            default:
                Keep(c, MaxName);
                return State.Name;
        }
    }

    private State OfAttributes(char c)
    {
        switch (c)
        {
            case '>':
                EndElement();
                return State.Text;
            case '"':
                return State.DoubleQuoted;
            case '\'':
                return State.SingleQuoted;
            default:
                return State.Attributes;
        }
    }

    /// <summary>Comments, processing instructions and declarations say nothing; the text of a CDATA section does.</summary>
    private State OfSpecial(char c)
    {
        var so = buffer.AsSpan(0, length);
        if (so.StartsWith(CData, StringComparison.Ordinal))
        {
            if (c == '>' && so.EndsWith("]]", StringComparison.Ordinal))
            {
                return State.Text;
            }

            scan.Append(c);
            return Kept(c, State.Special);
        }

        var ends =
            c == '>'
            && (!so.StartsWith("!--", StringComparison.Ordinal) || so.EndsWith("--", StringComparison.Ordinal));
        return ends ? State.Text : Kept(c, State.Special);
    }

    private void EndElement()
    {
        var name = buffer.AsSpan(0, length);
        var closes = name.StartsWith('/');
        var empty = name.EndsWith('/');
        name = name.Trim('/');
        var local = name[(name.LastIndexOf(':') + 1)..];
        if (local is "c" or "tc" or "tab")
        {
            if (closes || empty)
            {
                scan.Append('\t');
            }
        }
        else if ((closes || empty) && breaks.GetAlternateLookup<ReadOnlySpan<char>>().Contains(local))
        {
            scan.Append('\n');
        }
    }

    private bool Keep(char c, int max)
    {
        if (length >= max)
        {
            return false;
        }

        buffer[length++] = c;
        return true;
    }

    /// <summary>Keeps as many first characters as tell the sections apart, and the last two.</summary>
    private State Kept(char c, State next)
    {
        if (length == CData.Length + 2)
        {
            buffer[--length - 1] = buffer[length];
        }

        Keep(c, MaxName);
        return next;
    }
}
