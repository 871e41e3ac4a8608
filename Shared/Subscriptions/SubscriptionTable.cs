using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Subscriptions;

/// <summary>The adapter of <see cref="TableNames.Subscriptions"/>: PartitionKey the caller, RowKey the id.</summary>
internal sealed class SubscriptionTable(TableServiceClient tables, SecretBox box)
{
    private const string Address = "Url";
    private const string Secret = "Secret";
    private const string OldSecrets = "OldSecrets";
    private const string Events = "Events";
    private const string IncludeAddresses = "IncludeAddresses";
    private const string CreatedAt = "CreatedAt";
    private const string FailingSince = "FailingSince";
    private const string LastFailure = "LastFailure";

    private const int Tries = 5;

    private readonly TableClient table = tables.GetTableClient(TableNames.Subscriptions);

    /// <summary>All callers with the events that each watches. One call.</summary>
    public async Task<IReadOnlyList<(string Caller, string Event)>> WatchedAsync(CancellationToken cancellation) =>
        await table
            .QueryAsync<TableEntity>(select: ["PartitionKey", Events], cancellationToken: cancellation)
            .SelectMany(row => Names(row).Select(name => (row.PartitionKey, name)))
            .Distinct()
            .ToListAsync(cancellation);

    /// <summary>A caller's subscriptions, oldest first. One call.</summary>
    public async Task<IReadOnlyList<Subscription>> ListAsync(string caller, CancellationToken cancellation)
    {
        var rows = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {caller}"),
            cancellationToken: cancellation
        );
        List<Subscription> found = [];
        await foreach (var row in rows)
        {
            if (Read(row) is { } subscription)
            {
                found.Add(subscription);
            }
        }

        return [.. found.OrderBy(one => one.CreatedAt)];
    }

    /// <summary>One subscription; null where there is none, or its secret was sealed with another <c>Storage:HashKey</c>.</summary>
    public async Task<Subscription?> FindAsync(string caller, string id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(caller, id, cancellationToken: cancellation);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public Task AddAsync(Subscription subscription, CancellationToken cancellation) =>
        table.AddEntityAsync(
            new TableEntity(subscription.Caller, subscription.Id)
            {
                [Address] = box.Seal(subscription.Url.AbsoluteUri, Place(subscription.Id, Address)),
                [Secret] = box.Seal(subscription.Secret, Place(subscription.Id, Secret)),
                [Events] = string.Join(',', subscription.Events),
                [IncludeAddresses] = subscription.IncludeAddresses,
                [CreatedAt] = subscription.CreatedAt,
            },
            cancellation
        );

    /// <summary>Changes the secrets of a subscription as it is at that moment.</summary>
    /// <returns>It as it is now; null where there is none.</returns>
    /// <exception cref="TransientFault">Storage is away, or others change it all the time.</exception>
    public async Task<Subscription?> ChangeSecretAsync(
        string caller,
        string id,
        Func<Subscription, Subscription> change,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < Tries; i++)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(caller, id, cancellationToken: cancellation);
            if (!row.HasValue || Read(row.Value!) is not { } before)
            {
                return null;
            }

            var after = change(before);
            if (after == before || await PutSecretsAsync(after, row.Value!.ETag, cancellation))
            {
                return after;
            }
        }

        throw new TransientFault("A subscription keeps changing.");
    }

    /// <returns>False where the row was changed, or removed, meanwhile.</returns>
    private async Task<bool> PutSecretsAsync(Subscription after, ETag version, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(
                new TableEntity(after.Caller, after.Id)
                {
                    [Secret] = box.Seal(after.Secret, Place(after.Id, Secret)),
                    [OldSecrets] = box.Seal(JsonSerializer.Serialize(after.OldSecrets), Place(after.Id, OldSecrets)),
                },
                version,
                TableUpdateMode.Merge,
                cancellation
            );
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <returns>False where there was none.</returns>
    public async Task<bool> DeleteAsync(string caller, string id, CancellationToken cancellation) =>
        (await table.DeleteEntityAsync(caller, id, ETag.All, cancellation)).Status != 404;

    /// <summary>Notes whether notifications are taken; one that was removed meanwhile stays so.</summary>
    /// <param name="subscription">Which.</param>
    /// <param name="since">Since when not; null where they are.</param>
    /// <param name="failure">Slug of why not; null where they are.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task NoteAsync(
        Subscription subscription,
        DateTimeOffset? since,
        string? failure,
        CancellationToken cancellation
    )
    {
        try
        {
            await table.UpdateEntityAsync(
                new TableEntity(subscription.Caller, subscription.Id)
                {
                    [FailingSince] = since ?? DateTimeOffset.UnixEpoch,
                    [LastFailure] = failure ?? "",
                },
                ETag.All,
                TableUpdateMode.Merge,
                cancellation
            );
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // It was removed: there is nothing to note.
        }
    }

    private Subscription? Read(TableEntity row) =>
        box.Open(row.GetString(Secret), Place(row.RowKey, Secret)) is { } secret
        && Uri.TryCreate(box.Open(row.GetString(Address), Place(row.RowKey, Address)), UriKind.Absolute, out var url)
            ? new Subscription(
                row.PartitionKey,
                row.RowKey,
                url,
                secret,
                Names(row),
                row.GetBoolean(IncludeAddresses) ?? false,
                row.GetDateTimeOffset(CreatedAt) ?? DateTimeOffset.UnixEpoch
            )
            {
                OldSecrets = box.Open(row.GetString(OldSecrets), Place(row.RowKey, OldSecrets)) is { } old
                    ? JsonSerializer.Deserialize<OldSecret[]>(old)!
                    : [],
                FailingSince =
                    row.GetDateTimeOffset(FailingSince) is { } since && since > DateTimeOffset.UnixEpoch ? since : null,
                LastFailure = row.GetString(LastFailure) is { Length: > 0 } failure ? failure : null,
            }
            : null;

    private static string[] Names(TableEntity row) =>
        row.GetString(Events)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Place(string id, string column) => $"{id}|{column}";
}
