using TlsOrLink.Messages;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Sending;

/// <summary>Counts what became of recipients.</summary>
internal static class OutcomeCounts
{
    /// <summary>Counts rows that were just written.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="now">When they were written.</param>
    /// <param name="createdAt">When intake took the message, where a delivery may have ended.</param>
    public static void Add(IEnumerable<RecipientRow> rows, DateTimeOffset now, DateTimeOffset? createdAt = null)
    {
        foreach (var row in rows)
        {
            var route = KeyValuePair.Create(
                MeasureTags.Route,
                (object?)(row.Route is { } taken ? Measures.Word(taken) : "none")
            );
            Measures.Recipients.Add(1, route, new(MeasureTags.State, Measures.Word(row.State)));
            if (createdAt is { } since && row.State is (RecipientState.Accepted or RecipientState.Linked))
            {
                Measures.DeliveryDuration.Record((now - since).TotalSeconds, route);
            }
        }
    }
}
