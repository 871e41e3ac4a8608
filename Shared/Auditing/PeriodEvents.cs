using System.Runtime.CompilerServices;

namespace TlsOrLink.Auditing;

/// <summary>The events of a period, of all callers.</summary>
internal sealed class PeriodEvents(GrownMessages grown, DayBlobs days, AuditTrails trails, TimeProvider clock)
{
    /// <summary>Day by day, within a day by message, within a message oldest first; holds one message's events at a time.</summary>
    /// <param name="from">From this instant on.</param>
    /// <param name="before">Up to, and without, this one.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<EventView> ListAsync(
        DateTimeOffset from,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var end = before < clock.GetUtcNow() ? before : clock.GetUtcNow();
        for (var day = Days.Of(from); day < end; day = day.AddDays(1))
        {
            var (first, last) = (from > day ? from : day, end < day.AddDays(1) ? end : day.AddDays(1));
            var isSealed = await days.FindHeadAsync(Days.NameOf(day), cancellation) is not null;
            await foreach (var id in grown.OfAsync(day, isSealed, cancellation))
            {
                var events = await trails.EventsAsync(id, cancellation);
                foreach (var entry in events.Where(entry => entry.At >= first && entry.At < last))
                {
                    yield return EventView.Of(entry);
                }
            }
        }
    }
}
