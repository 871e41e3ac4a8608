namespace TlsOrLink.Events;

/// <summary>Something that happened, before it has its place in a chain.</summary>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Actor">One of <see cref="EventActors"/>.</param>
/// <param name="At">When; kept to the millisecond.</param>
/// <param name="Data">Small facts, keys in lower-case ASCII. No address, no subject, no file name (<see cref="ChainKey.NameHash"/>), no secret.</param>
internal sealed record EventDraft(
    string Kind,
    string Actor,
    DateTimeOffset At,
    IReadOnlyDictionary<string, string> Data
)
{
    /// <summary>Somebody watches such events: a note is written with it.</summary>
    public bool IsWatched { get; init; }

    /// <summary>An event with the facts that are known: values of null or "" are left out, others are written invariantly.</summary>
    public static EventDraft Of(
        string kind,
        string actor,
        DateTimeOffset at,
        params ReadOnlySpan<(string Name, object? Value)> data
    )
    {
        SortedDictionary<string, string> facts = new(StringComparer.Ordinal);
        foreach (var (name, value) in data)
        {
            if (Text(value) is { Length: > 0 } text)
            {
                facts[name] = text;
            }
        }

        return new EventDraft(kind, actor, at, facts);
    }

    private static string? Text(object? value) =>
        value switch
        {
            DateTimeOffset at => CanonicalTime.Of(at),
            Enum word => word.ToString().ToLowerInvariant(),
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value?.ToString(),
        };
}
