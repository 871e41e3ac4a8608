using System.Globalization;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages;

/// <summary>What a search of messages asks for. All terms must be met; null ones are.</summary>
/// <param name="Sender">Envelope sender, whole.</param>
/// <param name="Recipient">One of the envelope's recipients, whole.</param>
/// <param name="State">State at the moment of the search.</param>
/// <param name="From">Taken by intake at this instant or later.</param>
/// <param name="To">Taken by intake before this instant.</param>
/// <param name="Top">Most messages of a page.</param>
internal sealed record SearchTerms(
    MailAddress? Sender,
    MailAddress? Recipient,
    MessageState? State,
    DateTimeOffset? From,
    DateTimeOffset? To,
    int Top
)
{
    /// <summary>Largest <see cref="Top"/>.</summary>
    public const int MostTop = 100;

    /// <summary><see cref="Top"/> where nothing is said.</summary>
    public const int DefaultTop = 25;

    private const string WrongAddress = "Must be one mail address, without a name (in a URL + is written %2B).";

    private const string WrongInstant =
        "Must be a day (2026-01-09, UTC) or an RFC 3339 time such as 2026-01-09T18:00:00+09:00.";

    /// <summary>Names of the terms, in the order in which they are told.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sender", "recipient", "state", "from", "to", "top"];

    /// <summary>The words of <see cref="State"/>.</summary>
    public static IReadOnlyList<string> States { get; } =
    [.. Enum.GetNames<MessageState>().Select(name => name.ToLowerInvariant())];

    /// <summary>The same for the same search: what one page's continuation is bound to. Pages of one search may differ in size.</summary>
    public string Canonical =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Sender?.ToString().ToLowerInvariant()}|{Recipient?.ToString().ToLowerInvariant()}|{State}|{From?.UtcTicks}|{To?.UtcTicks}"
        );

    /// <summary>The terms, or in <paramref name="errors"/> what is wrong by name. Empty texts say nothing.</summary>
    /// <param name="given">By name; names that are none of ours are left to others.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static SearchTerms Read(IReadOnlyDictionary<string, string> given, IDictionary<string, string[]> errors)
    {
        var terms = new SearchTerms(
            AddressOf(Text("sender"), "sender", errors),
            AddressOf(Text("recipient"), "recipient", errors),
            Of("state", StateOf, $"Must be one of {string.Join(", ", States)}."),
            Of("from", Rfc3339.DayOrInstant, WrongInstant),
            Of("to", Rfc3339.DayOrInstant, WrongInstant),
            Of("top", TopOf, $"Must be a whole number from 1 to {MostTop}.") ?? DefaultTop
        );
        if (terms.From >= terms.To)
        {
            errors["to"] = ["Must be later than from: what came in before it is found."];
        }

        return terms;

        string? Text(string name) => given.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

        T? Of<T>(string name, Func<string, T?> parse, string wanted)
            where T : struct
        {
            var value = Text(name) is { } text ? parse(text) : null;
            if (value is null && Text(name) is not null)
            {
                errors[name] = [wanted];
            }

            return value;
        }
    }

    private static MailAddress? AddressOf(string? text, string name, IDictionary<string, string[]> errors)
    {
        if (text is not null && !MailAddress.TryParse(text, out _))
        {
            errors[name] = [WrongAddress];
            return null;
        }

        return text is null ? null : MailAddress.Parse(text);
    }

    private static MessageState? StateOf(string text) =>
        States.Contains(text, StringComparer.Ordinal) ? Enum.Parse<MessageState>(text, ignoreCase: true) : null;

    private static int? TopOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= MostTop
            ? top
            : null;
}
