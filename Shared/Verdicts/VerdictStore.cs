using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Probing;
using TlsOrLink.Storage;

namespace TlsOrLink.Verdicts;

/// <summary>What reading a verdict gave.</summary>
/// <param name="Verdict">The verdict, fresh or not; null where there is none.</param>
/// <param name="Away">The table could not be read: probe without it.</param>
internal sealed record VerdictRead(TlsVerdict? Verdict, bool Away);

/// <summary>Verdicts in table <c>Verdicts</c>. A table that is away is logged and said, never thrown: there is always the probe.</summary>
internal sealed partial class VerdictStore(TableClient table, DueTable due, ILogger<VerdictStore> logger)
{
    /// <summary>One point read.</summary>
    public async Task<VerdictRead> ReadAsync(MailDomain domain, CancellationToken cancellation)
    {
        try
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                domain.Name,
                VerdictRow.RowKey,
                cancellationToken: cancellation
            );
            return new VerdictRead(row.HasValue ? VerdictRow.Read(domain, row.Value!) : null, Away: false);
        }
        catch (Exception fault) when (IsOfStorage(fault))
        {
            LogAway(fault);
            return new VerdictRead(null, Away: true);
        }
    }

    /// <summary>
    /// Writes the verdict and gives the lease back in one call, without the lease where that was lost meanwhile; beside it, a call that says when
    /// the purge is to look at it.
    /// </summary>
    public async Task WriteAsync(TlsVerdict verdict, TableEntity? lease, CancellationToken cancellation)
    {
        var row = VerdictRow.Write(verdict);
        try
        {
            await Task.WhenAll(
                due.InsertAsync(Keeping.DueOf(row), cancellation),
                WriteAsync(
                    new TableTransactionAction(TableTransactionActionType.UpsertReplace, row),
                    lease,
                    cancellation
                )
            );
        }
        catch (Exception fault) when (IsOfStorage(fault))
        {
            LogAway(fault);
        }
    }

    private async Task WriteAsync(TableTransactionAction write, TableEntity? lease, CancellationToken cancellation)
    {
        if (lease is null || !await TrySubmitAsync([write, Delete(lease)], cancellation))
        {
            await TrySubmitAsync([write], cancellation);
        }
    }

    /// <summary>Takes the verdict out.</summary>
    public async Task DropAsync(MailDomain domain, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(domain.Name, VerdictRow.RowKey, ETag.All, cancellation);
        }
        catch (Exception fault) when (IsOfStorage(fault))
        {
            LogAway(fault);
        }
    }

    /// <summary>The exception says that storage is away or refuses.</summary>
    public static bool IsOfStorage(Exception error) =>
        error is RequestFailedException or TransientFault or PermanentFault;

    private static TableTransactionAction Delete(TableEntity lease) =>
        new(TableTransactionActionType.Delete, lease, lease.ETag);

    private async Task<bool> TrySubmitAsync(TableTransactionAction[] actions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (TableTransactionFailedException fault) when (fault.Status is 404 or 412)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The table of verdicts is away; domains are probed without it.")]
    private partial void LogAway(Exception fault);
}
