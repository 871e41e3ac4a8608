using Azure;
using Azure.Data.Tables;

namespace TlsOrLink.Tests.Unit.Storage;

/// <summary>The table service as far as the rooms use it, in memory, with ETags.</summary>
internal sealed class MemoryTables : TableServiceClient
{
    private int version;

    /// <summary>Rows by table and keys.</summary>
    public Dictionary<(string Table, string Partition, string Row), TableEntity> Rows { get; } = [];

    /// <summary>Calls of queries so far.</summary>
    public int Queries { get; private set; }

    /// <summary>Most rows that a query gave.</summary>
    public int LargestQuery { get; private set; }

    /// <summary>Batches that were carried out.</summary>
    public int Batches { get; private set; }

    /// <summary>What every batch is answered; null for carrying it out.</summary>
    public int? RefuseBatchesWith { get; init; }

    public override TableClient GetTableClient(string tableName) => new Table(this, tableName);

    /// <summary>Writes a row past everybody.</summary>
    public void Put(string table, ITableEntity entity)
    {
        var stored = new TableEntity((TableEntity)entity) { ETag = new ETag($"{++version}") };
        Rows[(table, entity.PartitionKey, entity.RowKey)] = stored;
    }

    private sealed class Table(MemoryTables tables, string name) : TableClient
    {
        public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey,
            string rowKey,
            IEnumerable<string>? select = null,
            CancellationToken cancellationToken = default
        )
        {
            NullableResponse<T> found = tables.Rows.TryGetValue((name, partitionKey, rowKey), out var row)
                ? Response.FromValue((T)(ITableEntity)new TableEntity(row), new MemoryReply(row.ETag))
                : new Nothing<T>();
            return Task.FromResult(found);
        }

        public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        {
            if (tables.Rows.ContainsKey(KeyOf(entity)))
            {
                throw new RequestFailedException(409, "exists");
            }

            tables.Put(name, entity);
            return Replied(entity);
        }

        public override Task<Response> UpsertEntityAsync<T>(
            T entity,
            TableUpdateMode mode = TableUpdateMode.Merge,
            CancellationToken cancellationToken = default
        )
        {
            tables.Put(name, entity);
            return Replied(entity);
        }

        public override Task<Response> UpdateEntityAsync<T>(
            T entity,
            ETag ifMatch,
            TableUpdateMode mode = TableUpdateMode.Merge,
            CancellationToken cancellationToken = default
        )
        {
            if (!tables.Rows.TryGetValue(KeyOf(entity), out var row))
            {
                throw new RequestFailedException(404, "gone");
            }

            MustMatch(row, ifMatch);
            tables.Put(name, mode == TableUpdateMode.Merge ? Merged(row, (TableEntity)(ITableEntity)entity) : entity);
            return Replied(entity);
        }

        public override Task<Response> DeleteEntityAsync(
            string partitionKey,
            string rowKey,
            ETag ifMatch = default,
            CancellationToken cancellationToken = default
        )
        {
            if (tables.Rows.TryGetValue((name, partitionKey, rowKey), out var row))
            {
                MustMatch(row, ifMatch);
                tables.Rows.Remove((name, partitionKey, rowKey));
            }

            return Task.FromResult<Response>(new MemoryReply(default));
        }

        public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
            IEnumerable<TableTransactionAction> transactionActions,
            CancellationToken cancellationToken = default
        )
        {
            if (tables.RefuseBatchesWith is { } status)
            {
                throw new RequestFailedException(status, "refused");
            }

            TableTransactionAction[] actions = [.. transactionActions];
            Array.ForEach(actions, MustBePossible);
            tables.Batches++;
            List<Response> replies = [];
            foreach (var action in actions)
            {
                if (action.ActionType == TableTransactionActionType.Delete)
                {
                    tables.Rows.Remove(KeyOf(action.Entity));
                    replies.Add(new MemoryReply(default));
                    continue;
                }

                tables.Put(name, action.Entity);
                replies.Add(new MemoryReply(tables.Rows[KeyOf(action.Entity)].ETag));
            }

            return Task.FromResult(Response.FromValue<IReadOnlyList<Response>>(replies, new MemoryReply(default)));
        }

        public override AsyncPageable<T> QueryAsync<T>(
            string? filter = null,
            int? maxPerPage = null,
            IEnumerable<string>? select = null,
            CancellationToken cancellationToken = default
        )
        {
            tables.Queries++;
            var found = tables
                .Rows.Where(row => row.Key.Table == name && MemoryFilter.Matches(row.Value, filter ?? ""))
                .OrderBy(row => row.Key.Partition, StringComparer.Ordinal)
                .ThenBy(row => row.Key.Row, StringComparer.Ordinal)
                .Select(row => (T)(ITableEntity)new TableEntity(row.Value))
                .ToList();
            tables.LargestQuery = Math.Max(tables.LargestQuery, found.Count);
            return AsyncPageable<T>.FromPages([Page<T>.FromValues(found, null, new MemoryReply(default))]);
        }

        private static TableEntity Merged(TableEntity row, TableEntity change)
        {
            var merged = new TableEntity(row);
            foreach (var (column, value) in change)
            {
                merged[column] = value;
            }

            return merged;
        }

        private (string, string, string) KeyOf(ITableEntity entity) => (name, entity.PartitionKey, entity.RowKey);

        private Task<Response> Replied(ITableEntity entity) =>
            Task.FromResult<Response>(new MemoryReply(tables.Rows[KeyOf(entity)].ETag));

        private void MustBePossible(TableTransactionAction action)
        {
            if (tables.Rows.TryGetValue(KeyOf(action.Entity), out var row))
            {
                MustMatch(row, action.ETag);
            }
            else if (action.ActionType == TableTransactionActionType.Delete)
            {
                throw new RequestFailedException(404, "gone");
            }
        }

        private static void MustMatch(TableEntity row, ETag wanted)
        {
            if (wanted != default && wanted != ETag.All && wanted != row.ETag)
            {
                throw new RequestFailedException(412, "changed");
            }
        }
    }

    private sealed class Nothing<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T? Value => default;

        public override Response GetRawResponse() => new MemoryReply(default);
    }
}
