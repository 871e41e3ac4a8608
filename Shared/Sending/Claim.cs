using Microsoft.Extensions.Logging;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Sending;

/// <summary>The claim of one transaction: taken between RCPT and DATA, renewed while DATA runs.</summary>
internal sealed partial class Claim(Ledger ledger, TimeSpan life, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private IReadOnlyList<RecipientRow> claimed = [];
    private Task renewing = Task.CompletedTask;

    /// <summary>Somebody else changed a row first: nothing was sent.</summary>
    public bool IsLost { get; private set; }

    public async Task<bool> TakeAsync(IReadOnlyList<RecipientRow> rows, CancellationToken cancellation)
    {
        claimed = rows;
        IsLost = !await ledger.ClaimAsync(rows, cancellation);
        renewing = IsLost ? Task.CompletedTask : RenewAsync(rows);
        return !IsLost;
    }

    /// <summary>After this the rows' ETags stand still.</summary>
    public async Task StopRenewingAsync()
    {
        await stop.CancelAsync();
        await renewing;
    }

    /// <summary>Gives the rows back: nothing of the message was given to the server.</summary>
    public async Task UndoAsync()
    {
        await StopRenewingAsync();
        await ledger.WriteAsync(
            claimed,
            row =>
            {
                row.Ledger = null;
                row.State = RecipientState.Deferred;
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync();
        stop.Dispose();
    }

    private async Task RenewAsync(IReadOnlyList<RecipientRow> rows)
    {
        using var timer = new PeriodicTimer(life / 3, clock);
        // Ends the wait without an exception, which each message would pay for.
        await using var ending = stop.Token.Register(timer.Dispose);
        try
        {
            while (await timer.WaitForNextTickAsync(CancellationToken.None))
            {
                await RenewOnceAsync(rows);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The transaction has ended.
        }
    }

    /// <summary>A claim that ages may be taken over by another worker: the lesser evil against breaking off DATA.</summary>
    private async Task RenewOnceAsync(IReadOnlyList<RecipientRow> rows)
    {
        try
        {
            await ledger.RenewAsync(rows, stop.Token);
        }
        catch (Exception fault) when (fault is TransientFault or PermanentFault)
        {
            LogNotRenewed(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A claim could not be renewed; it ages")]
    private partial void LogNotRenewed(Exception fault);
}
