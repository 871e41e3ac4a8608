using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Holding;

/// <summary>What became of a PIN.</summary>
internal enum PinAnswer
{
    /// <summary>It is the approver's.</summary>
    Right,

    /// <summary>It is not.</summary>
    Wrong,

    /// <summary>Too many were wrong: none is looked at for a time.</summary>
    Locked,
}

/// <summary>
/// Checks PINs. An attempt is counted in storage before the PIN is looked at, by ETag: many at one time, on many instances, are no more attempts
/// than one after the other.
/// </summary>
internal sealed class PinDesk(TableServiceClient tables, IOptions<HoldingOptions> options, TimeProvider clock)
{
    private const string Partition = "approver-pin";
    private const string Failures = "Failures";
    private const string LockedUntil = "LockedUntil";
    private const int Tries = 8;
    private readonly TableClient table = tables.GetTableClient(TableNames.Callers);

    /// <summary>Checks a PIN of an approver; one without a PIN has none that is right.</summary>
    /// <exception cref="TransientFault">Storage is away, or too many try at one time.</exception>
    public async Task<PinAnswer> CheckAsync(Approver approver, string pin, CancellationToken cancellation)
    {
        if (!await TakeAttemptAsync(approver.Name, cancellation))
        {
            return PinAnswer.Locked;
        }

        if (approver.Pin?.Matches(pin) != true)
        {
            return PinAnswer.Wrong;
        }

        await table.DeleteEntityAsync(Partition, approver.Name, ETag.All, cancellation);
        return PinAnswer.Right;
    }

    /// <summary>Counts an attempt; the last one that is allowed locks, and a right PIN unlocks again.</summary>
    private async Task<bool> TakeAttemptAsync(string approver, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                Partition,
                approver,
                cancellationToken: cancellation
            );
            var row = found.HasValue ? found.Value! : new TableEntity(Partition, approver);
            var now = clock.GetUtcNow();
            if (row.GetDateTimeOffset(LockedUntil) > now)
            {
                return false;
            }

            var count = (row.GetInt32(Failures) ?? 0) + 1;
            var locks = count >= options.Value.PinAttempts;
            row[Failures] = locks ? 0 : count;
            row[LockedUntil] = locks ? now + options.Value.PinLock : null;
            if (await WriteAsync(row, isNew: !found.HasValue, cancellation) == WriteOutcome.Done)
            {
                return true;
            }
        }

        throw new TransientFault("Too many try the PIN of one approver at a time.");
    }

    private async Task<WriteOutcome> WriteAsync(TableEntity row, bool isNew, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                [
                    isNew
                        ? new TableTransactionAction(TableTransactionActionType.Add, row)
                        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, row.ETag),
                ],
                cancellation
            );
            return WriteOutcome.Done;
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 409 or 412)
        {
            return WriteOutcome.Conflict;
        }
    }
}
