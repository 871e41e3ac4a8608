using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TlsOrLink.Subscriptions;

/// <summary>Makes and removes the subscriptions of callers. This instance knows a change at once, others within a minute.</summary>
internal sealed class SubscriptionDesk(
    SubscriptionTable table,
    SubscriptionBook book,
    IOptions<SubscriptionsOptions> options,
    TimeProvider clock
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

    /// <summary>Removes one of a caller's own. What is being pushed ends with the next try.</summary>
    /// <returns>False where there was none.</returns>
    public async Task<bool> RemoveAsync(string caller, string id, CancellationToken cancellation)
    {
        var removed = IsId(id) && await table.DeleteAsync(caller, id, cancellation);
        book.Forget();
        return removed;
    }

    private static bool IsId(string id) => id.Length == IdCharacters && id.All(char.IsAsciiHexDigitLower);
}
