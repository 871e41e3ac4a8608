namespace TlsOrLink.Messages;

/// <summary>Where a search goes on.</summary>
/// <param name="After">The last message that was looked at.</param>
/// <param name="Oldest">The search ends here.</param>
internal sealed record SearchPlace(IndexEntry After, DateTimeOffset Oldest);

/// <summary>A page of a search.</summary>
/// <param name="Messages">Newest first, each with some of its recipients.</param>
/// <param name="Rest">Where to go on; null at the end. A page may have fewer messages than asked for, or none, and not be the last.</param>
internal sealed record SearchPage(IReadOnlyList<MessagePartition> Messages, SearchPlace? Rest);

/// <summary>
/// Searches one caller's messages, newest first. What a page costs is bounded: one query for the oldest month, 8 for each of at most
/// <see cref="RecentMessages.Months"/> months, and one for each of at most <see cref="MostLooked"/> messages.
/// </summary>
internal sealed class MessageSearch(RecentMessages recent, MessageTable messages, TimeProvider clock)
{
    /// <summary>Messages that one page looks at where the index cannot tell whether they are meant.</summary>
    public const int MostLooked = 200;

    /// <summary>Recipients that are read of each message.</summary>
    public const int MostRecipients = 20;

    private const int ParallelReads = 16;

    // The clocks of other instances may be ahead of ours.
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    /// <summary>The next page.</summary>
    /// <param name="caller">Whose messages.</param>
    /// <param name="terms">What is searched.</param>
    /// <param name="place">What the former page ended with; null for the first page.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SearchPage> FindAsync(
        string caller,
        SearchTerms terms,
        SearchPlace? place,
        CancellationToken cancellation
    )
    {
        if ((place ?? await BeginAsync(caller, terms, cancellation)) is not { } begin)
        {
            return new SearchPage([], null);
        }

        var range = new IndexRange(caller, begin.After, begin.Oldest) { Prefixes = [PrefixOf(terms)] };
        var isFiltered = terms.State is not null || terms is { Sender: not null, Recipient: not null };
        var looked = await recent.FindAsync(range, isFiltered ? MostLooked : terms.Top + 1, cancellation);
        var (found, count) = await ReadAsync(looked.Entries, caller, terms, cancellation);
        var rest = count < looked.Entries.Count ? looked.Entries[count - 1] : looked.Rest;
        return new SearchPage(found, rest is null ? null : begin with { After = rest });
    }

    /// <summary>Where the first page begins, and the search ends; null where the caller has no messages then.</summary>
    private async Task<SearchPlace?> BeginAsync(string caller, SearchTerms terms, CancellationToken cancellation)
    {
        if (await recent.OldestMonthAsync(caller, cancellation) is not { } oldest)
        {
            return null;
        }

        var newest = clock.GetUtcNow() + Skew;
        var begin = terms.To < newest ? terms.To.Value : newest;
        var end = terms.From > oldest ? terms.From.Value : oldest;
        return begin > end ? new SearchPlace(new IndexEntry("", begin), end) : null;
    }

    private string PrefixOf(SearchTerms terms) =>
        terms.Recipient is { } recipient ? recent.OfRecipient(recipient.ToString())
        : terms.Sender is { } sender ? recent.OfSender(sender.ToString())
        : RecentMessages.All;

    /// <summary>Those of the entries that are meant, and how many entries were looked at.</summary>
    private async Task<(List<MessagePartition> Found, int Looked)> ReadAsync(
        IReadOnlyList<IndexEntry> entries,
        string caller,
        SearchTerms terms,
        CancellationToken cancellation
    )
    {
        List<MessagePartition> found = [];
        var looked = 0;
        foreach (var some in entries.Chunk(ParallelReads))
        {
            var read = await Task.WhenAll(
                some.Select(entry => messages.HeadAsync(entry.Id, MostRecipients, cancellation))
            );
            foreach (var (entry, message) in some.Zip(read))
            {
                if (found.Count == terms.Top)
                {
                    return (found, looked);
                }

                looked++;
                if (message is not null && IsMeant(message.Message, entry, caller, terms))
                {
                    found.Add(message);
                }
            }
        }

        return (found, looked);
    }

    /// <summary>An attempt that lost, of the same request, may have left an entry with an instant of its own.</summary>
    private static bool IsMeant(MessageRow message, IndexEntry entry, string caller, SearchTerms terms) =>
        string.Equals(message.Caller, caller, StringComparison.Ordinal)
        && message.CreatedAt == entry.CreatedAt
        && (terms.State is null || terms.State == message.State)
        && (
            terms.Sender is null
            || string.Equals(message.Sender, terms.Sender.ToString(), StringComparison.OrdinalIgnoreCase)
        );
}
