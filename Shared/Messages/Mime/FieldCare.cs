using System.Text;
using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>
/// Makes header fields of a message that is written anew fit for any server: ASCII, no controls, no line over 998 octets (RFC 5322
/// section 2.1.1). Fields that are so already keep their bytes.
/// </summary>
internal static class FieldCare
{
    private const int MaxLine = 998;

    /// <summary>Mends the fields in place; what is no field goes.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="charset">Of raw bytes over 127 that are not UTF-8; null where the message names none.</param>
    public static void Mend(HeaderList fields, Encoding? charset)
    {
        for (var i = fields.Count - 1; i >= 0; i--)
        {
            if (!IsName(fields[i].Field))
            {
                fields.RemoveAt(i);
            }
            else if (!IsSound(fields[i]))
            {
                fields[i].SetValue(Encoding.UTF8, Text(fields[i], charset));
            }
        }
    }

    /// <summary>The field can go as it stands.</summary>
    /// <param name="field">The field.</param>
    /// <param name="eightBit">Bytes over 127 are no fault.</param>
    public static bool IsSound(Header field, bool eightBit = false) =>
        IsName(field.Field) && IsSound(field.RawValue, field.Field.Length + 1, eightBit);

    /// <summary>Decoded, in one line, without controls.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var c in text.Trim())
        {
            line.Append(c is '\r' or '\n' or '\t' ? ' ' : c);
        }

        line.Replace("\0", "");
        return string.Concat(line.ToString().Where(c => !char.IsControl(c)));
    }

    private static bool IsName(string field) =>
        field.Length is > 0 and < MaxLine && field.All(c => c is > ' ' and < '\x7f' and not ':');

    private static bool IsSound(ReadOnlySpan<byte> value, int begin, bool eightBit)
    {
        var length = begin;
        for (var i = 0; i < value.Length; i++)
        {
            var isEnd = value[i] == '\n';
            length = isEnd ? 0 : length + 1;
            var isText = value[i] is >= (byte)' ' and < 0x7f or (byte)'\t' || (eightBit && value[i] >= 0x80);
            var isFirstOfEnd = value[i] == '\r' && i + 1 < value.Length && value[i + 1] == '\n';
            if (!(isText || isEnd || isFirstOfEnd) || length > MaxLine || (isEnd && !IsFolded(value[(i + 1)..])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>After a line end comes white space and something else (RFC 5322 section 3.2.2), or nothing.</summary>
    private static bool IsFolded(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        var line = rest.IndexOf((byte)'\n') is var end and >= 0 ? rest[..end] : rest;
        return rest[0] is (byte)' ' or (byte)'\t' && !line.Trim(" \t\r"u8).IsEmpty;
    }

    private static string Text(Header field, Encoding? charset)
    {
        var raw = field.RawValue;
        if (raw.AsSpan().IndexOf("\x1b$"u8) >= 0)
        {
            return OneLine(Encoding.GetEncoding("iso-2022-jp").GetString(raw));
        }

        return OneLine(
            charset is null || System.Text.Unicode.Utf8.IsValid(raw) ? field.Value : field.GetValue(charset)
        );
    }
}
