using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Purging;

/// <summary>Reads the rows that alone say whether something is over: each once.</summary>
internal sealed class EndingReader(LinkTable links, MessageTable messages)
{
    private const int RecipientsPerQuery = 1000;

    /// <summary>One point read a link, then the message together with its recipients.</summary>
    public async ValueTask ReadAsync(Ending ending, DateTimeOffset now, CancellationToken cancellation)
    {
        List<LinkRow> found = [];
        foreach (var row in ending.Links)
        {
            if (await links.FindAsync(row.Id, cancellation) is { } link)
            {
                found.Add(link);
            }
        }

        ending.Found = found;
        if (ending.Over(now) is { Count: > 0 } over)
        {
            await ReadMessageAsync(ending, over, cancellation);
        }
        else if (ending.Contents.Count > 0)
        {
            ending.Message = await messages.FindAsync(ending.MessageId, cancellation);
        }
    }

    /// <summary>Links of one piece may be of any of the message's recipients: those between are not kept.</summary>
    private async Task ReadMessageAsync(Ending ending, IReadOnlyList<LinkRow> over, CancellationToken cancellation)
    {
        var numbers = over.Select(link => link.N).ToHashSet();
        List<RecipientRow> wanted = [];
        foreach (var part in numbers.Order().GroupBy(n => n / RecipientsPerQuery))
        {
            var (first, count) = (part.First(), part.Last() - part.First() + 1);
            var (id, attempt) = (ending.MessageId, over[0].Attempt);
            var (message, rows) = ending.Message is { } known
                ? (known, await messages.RecipientsAsync(id, attempt, first, count, cancellation))
                : await messages.WithRecipientsAsync(id, attempt, first, count, cancellation);
            ending.Message = message;
            wanted.AddRange(rows.Where(row => numbers.Contains(row.N)));
        }

        ending.Recipients = wanted;
    }
}
