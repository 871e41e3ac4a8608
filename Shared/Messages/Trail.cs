using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>Appends to the audit trail what happens after a delivery, and whatever else has no row at hand.</summary>
internal sealed class Trail(MessageTable messages)
{
    /// <summary>More writers of one row at one time are scanners.</summary>
    private const int MaxTries = 8;

    /// <summary>Reads one recipient's row, changes it and records on it; again where somebody else was faster.</summary>
    /// <param name="id">Message id.</param>
    /// <param name="attempt">The intake attempt that won.</param>
    /// <param name="n">The recipient.</param>
    /// <param name="change">Called anew for each try; false leaves the row alone.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where there is no such recipient (purged, say) or the change did not want it.</returns>
    /// <exception cref="TransientFault">Storage is away, or too many write at a time.</exception>
    public Task<bool> AppendAsync(
        string id,
        string attempt,
        int n,
        Func<RecipientRow, bool> change,
        CancellationToken cancellation
    ) =>
        AppendAsync(
            async () => await messages.RecipientsAsync(id, attempt, n, 1, cancellation) is [var row] ? row : null,
            change,
            cancellation
        );

    /// <summary>The same for the message's own row.</summary>
    public Task<bool> AppendAsync(string id, Func<MessageRow, bool> change, CancellationToken cancellation) =>
        AppendAsync(() => messages.FindAsync(id, cancellation), change, cancellation);

    private async Task<bool> AppendAsync<T>(Func<Task<T?>> read, Func<T, bool> change, CancellationToken cancellation)
        where T : Row
    {
        for (var i = 0; i < MaxTries; i++)
        {
            if (await read() is not { } row || !change(row))
            {
                return false;
            }

            if (await messages.UpdateAsync([row], cancellation) == WriteOutcome.Done)
            {
                return true;
            }
        }

        throw new TransientFault("Too many writers of one row at a time.");
    }
}
