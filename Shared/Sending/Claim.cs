using TlsOrLink.Messages;

namespace TlsOrLink.Sending;

/// <summary>The claim of one transaction: taken between RCPT and DATA, renewed while DATA runs.</summary>
internal sealed class Claim(Ledger ledger, TimeSpan life, TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task renewing = Task.CompletedTask;

    /// <summary>Somebody else changed a row first: nothing was sent.</summary>
    public bool IsLost { get; private set; }

    public async Task<bool> TakeAsync(IReadOnlyList<RecipientRow> rows, CancellationToken cancellation)
    {
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

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync();
        stop.Dispose();
    }

    private async Task RenewAsync(IReadOnlyList<RecipientRow> rows)
    {
        using var timer = new PeriodicTimer(life / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await ledger.RenewAsync(rows, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The transaction has ended.
        }
        catch (Faults.TransientFault)
        {
            // The claim ages; that another worker takes over is the lesser evil against breaking off DATA.
        }
    }
}
