using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Purging;

/// <summary>Reads the rows that alone say whether something is over: each once.</summary>
internal sealed class EndingReader(LinkTable links, MessageTable messages)
{
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
            var (first, last) = (over.Min(link => link.N), over.Max(link => link.N));
            (ending.Message, ending.Recipients) = await messages.WithRecipientsAsync(
                ending.MessageId,
                over[0].Attempt,
                first,
                last - first + 1,
                cancellation
            );
        }
        else if (ending.Contents.Count > 0)
        {
            ending.Message = await messages.FindAsync(ending.MessageId, cancellation);
        }
    }
}
