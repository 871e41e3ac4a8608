using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Subscriptions;

/// <summary>Makes and removes the subscriptions of callers. This instance knows a change at once, others within <see cref="SubscriptionsOptions.KnownWithin"/>.</summary>
internal sealed partial class SubscriptionDesk(
    SubscriptionTable table,
    SubscriptionBook book,
    MissedEvents missed,
    IOptions<SubscriptionsOptions> options,
    TimeProvider clock,
    ILogger<SubscriptionDesk> logger
)
{
    private const int IdCharacters = 32;

    /// <summary>Keeps a subscription.</summary>
    /// <returns>It; null where the caller has <see cref="SubscriptionsOptions.MaxPerCaller"/> already.</returns>
    public async Task<Subscription?> AddAsync(string caller, SubscriptionForm form, CancellationToken cancellation)
    {
        var subscription = new Subscription(
            caller,
            RandomNumberGenerator.GetHexString(IdCharacters, lowercase: true),
            form.Url,
            form.Secret ?? EventSignature.NewSecret(),
            form.Events,
            form.IncludeAddresses,
            clock.GetUtcNow()
        );
        await missed.ExpectAsync(subscription, cancellation);
        await table.AddAsync(subscription, cancellation);
        // Counted afterwards: of several at one time none may slip past the bound.
        if ((await table.ListAsync(caller, cancellation)).Count > options.Value.MaxPerCaller)
        {
            await table.DeleteAsync(caller, subscription.Id, cancellation);
            return null;
        }

        book.Forget();
        return subscription;
    }

    /// <summary>A caller's subscriptions, oldest first.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(string caller, CancellationToken cancellation) =>
        table.ListAsync(caller, cancellation);

    /// <summary>One of a caller's own; null for any other.</summary>
    public async Task<Subscription?> FindAsync(string caller, string id, CancellationToken cancellation) =>
        IsId(id) ? await table.FindAsync(caller, id, cancellation) : null;

    /// <summary>Gives one of a caller's own a new secret; what is being pushed is signed with it from the next try on.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="secret">The caller's own; null for one that nobody has seen.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>It; null where there is none.</returns>
    public async Task<Subscription?> RotateAsync(
        string caller,
        string id,
        string? secret,
        CancellationToken cancellation
    )
    {
        var (next, now) = (secret ?? EventSignature.NewSecret(), clock.GetUtcNow());
        var changed = IsId(id)
            ? await table.ChangeSecretAsync(caller, id, before => before.WithSecret(next, now), cancellation)
            : null;
        if (changed is not null)
        {
            LogRotated(caller, id);
        }

        return changed;
    }

    /// <summary>Removes one of a caller's own. What is being pushed ends with the next try.</summary>
    /// <returns>False where there was none.</returns>
    public async Task<bool> RemoveAsync(string caller, string id, CancellationToken cancellation)
    {
        var removed = IsId(id) && await table.DeleteAsync(caller, id, cancellation);
        book.Forget();
        return removed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Caller {Caller} gave subscription {Id} a new secret")]
    private partial void LogRotated(string caller, string id);

    private static bool IsId(string id) => id.Length == IdCharacters && id.All(char.IsAsciiHexDigitLower);
}
