namespace TlsOrLink.Screening.Reading;

/// <summary>Parts of a message that rules tell apart.</summary>
[Flags]
internal enum Section
{
    None = 0,
    Subject = 1,
    Body = 2,

    /// <summary>Names of attached files, and of files within them.</summary>
    FileNames = 4,

    /// <summary>Texts of attached files.</summary>
    Files = 8,

    /// <summary>All of them.</summary>
    All = Subject | Body | FileNames | Files,
}

/// <summary>Where something was found, without a word of it: safe in rows and logs.</summary>
/// <param name="Section">Part of the message.</param>
/// <param name="Number">Attachment, counted from 1 in the order of the message, then the file within it and so on: <c>2.3</c>; null outside files.</param>
internal sealed record Place(Section Section, string? Number = null)
{
    /// <summary>The same attachment, another part of it.</summary>
    public Place As(Section section) => this with { Section = section };

    /// <summary>File <paramref name="n"/> within this one.</summary>
    public Place Within(int n) =>
        new(Section.Files, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number}.{n}"));

    /// <summary>Attachment <paramref name="n"/>.</summary>
    public static Place Attachment(int n) =>
        new(Section.Files, n.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
