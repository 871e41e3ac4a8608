using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using TlsOrLink.Callers;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Auditing;

/// <summary>Which messages' chains grew in a day: of a sealed day as it was sealed, else as storage says now.</summary>
internal sealed class GrownMessages(IndexSearch index, DueTable due, DayBlobs days, IOptions<CallersOptions> callers)
{
    /// <summary>Ids, each once.</summary>
    public IAsyncEnumerable<string> OfAsync(DateTimeOffset day, bool isSealed, CancellationToken cancellation) =>
        (isSealed ? SealedAsync(day, cancellation) : OpenAsync(day, cancellation)).Distinct(StringComparer.Ordinal);

    private IAsyncEnumerable<string> SealedAsync(DateTimeOffset day, CancellationToken cancellation) =>
        days.LeavesAsync(Days.NameOf(day), cancellation).Select(leaf => leaf.MessageId);

    private async IAsyncEnumerable<string> OpenAsync(
        DateTimeOffset day,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        foreach (var caller in callers.Value.Callers)
        {
            await foreach (var id in index.CreatedAsync(caller.Name, day, day.AddDays(1), cancellation))
            {
                yield return id;
            }
        }

        await foreach (var row in due.ListAsync(DueKinds.Head, day, day, cancellation))
        {
            if (row.At == day)
            {
                yield return row.MessageId;
            }
        }
    }
}
