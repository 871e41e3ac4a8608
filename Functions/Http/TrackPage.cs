using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Callers;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>A person's messages, newest first, or those that a search finds.</summary>
internal sealed class TrackPage(
    TrackPages pages,
    RecentMessages recent,
    MessageTable messages,
    Sessions sessions,
    TimeProvider clock
)
{
    private const int Most = 25;
    private const int ParallelReads = 8;

    [Function(nameof(TrackPage))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "track")] HttpRequest request,
        FunctionContext context,
        CancellationToken cancellation
    )
    {
        var visitor = Visitors.Of(request, context, sessions);
        var query = $"{request.Query[TrackPages.QueryField]}".Trim();
        var entries = await FindAsync(visitor.Name, query, LastOf(request), cancellation);
        var found = await ReadAsync(entries, visitor.Name, cancellation);
        var older = entries.Count == Most ? entries[^1] : null;
        return new PageResult(pages.List(new TrackList(visitor, found, query, older)));
    }

    private async Task<IReadOnlyList<IndexEntry>> FindAsync(
        string caller,
        string query,
        IndexEntry last,
        CancellationToken cancellation
    ) =>
        query.Length == 0 ? await recent.AfterAsync(caller, last, Most, cancellation)
        : MessageId.IsValid(query) ? [new IndexEntry(query, last.CreatedAt)]
        : Domains.MailAddress.TryParse(query, out var address)
            ? await recent.OfAddressAsync(caller, address.ToString(), last, Most, cancellation)
        : [];

    private async Task<IReadOnlyList<MessagePartition>> ReadAsync(
        IReadOnlyList<IndexEntry> entries,
        string caller,
        CancellationToken cancellation
    )
    {
        var found = new ConcurrentBag<MessagePartition>();
        await Parallel.ForEachAsync(
            entries,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellation },
            async (entry, stop) =>
            {
                if (
                    await messages.PartitionAsync(entry.Id, stop) is { } message
                    && string.Equals(message.Message.Caller, caller, StringComparison.Ordinal)
                )
                {
                    found.Add(message);
                }
            }
        );
        // As in the index: the place of the last one is where the next page begins.
        var places = entries.Index().ToDictionary(of => of.Item.Id, of => of.Index, StringComparer.Ordinal);
        return [.. found.OrderBy(one => places[one.Message.Id])];
    }

    /// <summary>The last message of the page before, as the link to older ones says; without it everything up to now.</summary>
    private IndexEntry LastOf(HttpRequest request)
    {
        var id = $"{request.Query[TrackPages.AfterField]}";
        return
            DateTimeOffset.TryParse(
                $"{request.Query[TrackPages.BeforeField]}",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var before
            )
            && before < clock.GetUtcNow()
            && before.Year > 2000
            ? new IndexEntry(MessageId.IsValid(id) ? id : "", before)
            : new IndexEntry("", clock.GetUtcNow());
    }
}
