using System.Globalization;
using System.Text;
using MimeKit;

namespace TlsOrLink.Messages.Mime;

/// <summary>Gives the files of one message names that are safe to show and to save under, no two alike.</summary>
internal sealed class FileNames
{
    private const int MaxCharacters = 120;
    private const int MaxExtension = 20;
    private const string Forbidden = "<>:\"|?*";

    private static readonly HashSet<string> Reserved = new(
        "CON PRN AUX NUL COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9 LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9".Split(
            ' '
        ),
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
    private int count;

    /// <summary>The name of the next file.</summary>
    /// <param name="given">As the message has it; null where it has none.</param>
    /// <param name="mimeType">Gives the extension where there is no name.</param>
    public string Next(string? given, string mimeType)
    {
        count++;
        var name = Safe(given ?? "");
        name =
            name.Length > 0 ? name : $"attachment-{count.ToString(CultureInfo.InvariantCulture)}{Extension(mimeType)}";
        var (stem, extension) = Split(name);
        for (var copy = 2; !taken.Add(name); copy++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem} ({copy}){extension}");
        }

        return name;
    }

    /// <summary>Without folders, controls, characters that turn or hide text, and what file systems refuse; empty where nothing is left.</summary>
    private static string Safe(string name)
    {
        var last = name.AsSpan()[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var text = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            if (rune.Value < 0x80 && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                text.Append('_');
            }
            else if (IsPlain(rune))
            {
                text.Append(rune);
            }
        }

        var safe = text.ToString().Normalize().Trim(' ', '.', '\u3000');
        if (safe.Length > MaxCharacters)
        {
            var (stem, extension) = Split(safe);
            safe = Cut(stem, MaxCharacters - extension.Length) + extension;
        }

        return Reserved.Contains(safe.Split('.')[0]) ? $"_{safe}" : safe;
    }

    private static bool IsPlain(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
            );

    private static string Cut(string text, int length) =>
        text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static (string Stem, string Extension) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.Length - dot <= MaxExtension ? (name[..dot], name[dot..]) : (name, "");
    }

    private static string Extension(string mimeType) =>
        mimeType.Equals("message/rfc822", StringComparison.OrdinalIgnoreCase) ? ".eml"
        : MimeTypes.TryGetExtension(mimeType, out var extension) ? extension
        : ".bin";
}
