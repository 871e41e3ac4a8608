using TlsOrLink.Screening.Numbers;

namespace TlsOrLink.Screening.Reading;

/// <summary>A word to look for.</summary>
/// <param name="Text">Folded.</param>
/// <param name="Whole">Only where no letter or digit touches it.</param>
internal sealed record Word(string Text, bool Whole);

/// <summary>What the rules want to know of a message's contents.</summary>
/// <param name="Words">Words to look for.</param>
/// <param name="Numbers">Look for numbers too.</param>
internal sealed record Wanted(IReadOnlyCollection<Word> Words, bool Numbers)
{
    /// <summary>Texts have to be read.</summary>
    public bool Texts => Words.Count > 0 || Numbers;
}

/// <summary>One attached file, or a file within one.</summary>
/// <param name="Place">Where.</param>
/// <param name="Extension">Of its name, lower case without dot; empty for none.</param>
/// <param name="Kind">By its first bytes; see <see cref="FileKinds"/>.</param>
/// <param name="Bytes">Decoded size; what is known of it where it was not read to its end.</param>
/// <param name="Encrypted">It cannot be opened without a password.</param>
/// <param name="NotRead">It may hold text that was not read.</param>
internal sealed record FileFact(
    Place Place,
    string Extension,
    string Kind,
    long Bytes,
    bool Encrypted = false,
    bool NotRead = false
);

/// <summary>What was found in a message. Holds the numbers themselves, in memory alone, to count each once.</summary>
internal sealed class ContentFacts
{
    private readonly Dictionary<(Word, Section), Place> words = [];
    private readonly Dictionary<(NumberKind, string), Place> numbers = [];
    private readonly List<FileFact> files = [];

    /// <summary>Files in the order in which they were read.</summary>
    public IReadOnlyList<FileFact> Files => files;

    /// <summary>Something of the message was not read: too many parts, too deep, too long, or no MIME.</summary>
    public bool IsCut { get; set; }

    /// <summary>First place of a word within <paramref name="sections"/>; null where it is not.</summary>
    public Place? Find(Word word, Section sections) =>
        words.FirstOrDefault(entry => entry.Key.Item1 == word && sections.HasFlag(entry.Key.Item2)).Value;

    /// <summary>Different numbers of one kind, and where the first stands.</summary>
    public (int Count, Place? First) Count(NumberKind kind)
    {
        var all = numbers.Where(entry => entry.Key.Item1 == kind).ToList();
        return (all.Count, all.FirstOrDefault().Value);
    }

    /// <summary>The word need not be looked for there any more.</summary>
    public bool Has(Word word, Section section) => words.ContainsKey((word, section));

    public void Add(Word word, Place place) => words.TryAdd((word, place.Section), place);

    public void Add(NumberKind kind, string digits, Place place) => numbers.TryAdd((kind, digits), place);

    public void Add(FileFact file) => files.Add(file);
}
