using TlsOrLink.Domains;

namespace TlsOrLink.Checking;

/// <summary>One recipient or domain that somebody asks about.</summary>
/// <param name="Text">The address as parsed, or the domain as A-labels.</param>
/// <param name="Domain">The domain that is checked.</param>
/// <param name="Mails">How many mails go there, as the caller says; null where it does not.</param>
internal sealed record CheckEntry(string Text, MailDomain Domain, long? Mails = null)
{
    /// <summary>An address, or a domain; null for anything else.</summary>
    public static CheckEntry? Parse(string text, long? mails = null)
    {
        var trimmed = text.Trim();
        return trimmed.Contains('@', StringComparison.Ordinal)
            ? MailAddress.TryParse(trimmed, out var address)
                ? new CheckEntry($"{address}", address.Domain, mails)
                : null
            : MailDomain.TryParse(trimmed, out var domain)
                ? new CheckEntry(domain.Name, domain, mails)
                : null;
    }
}

/// <summary>What somebody asks about, or what is wrong with it.</summary>
/// <param name="Entries">In the order given.</param>
/// <param name="Errors">Per field what is wrong and what would be right; empty where all is well.</param>
internal sealed record CheckList(IReadOnlyList<CheckEntry> Entries, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>Errors that are told at once; after these the rest of the list is not read.</summary>
    public const int MaxErrors = 20;

    /// <summary>There are more entries than may be asked at once.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>What an entry must be.</summary>
    public const string Wanted = "Must be a mail address or a domain, such as taro@partner.example or partner.example.";

    /// <summary>A list that has errors only.</summary>
    public static CheckList Wrong(string path, string message) =>
        new([], new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = [message] });

    /// <summary>Says that there are too many.</summary>
    public static CheckList TooMany(string path, int max) =>
        Wrong(path, $"There are more than {max} entries. Ask in parts.") with
        {
            IsTooLong = true,
        };
}
