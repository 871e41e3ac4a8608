using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using TlsOrLink.Storage;

namespace TlsOrLink.Messages;

/// <summary>Reads <see cref="TableNames.Index"/>. An entry without a message is possible (intake died before its last write): skip it.</summary>
internal sealed class IndexSearch(TableServiceClient tables)
{
    private const string AfterAll = "~";
    private readonly TableClient table = tables.GetTableClient(TableNames.Index);

    /// <summary>Ids of one caller's messages that intake took in a period of one month at most, in no order.</summary>
    public async IAsyncEnumerable<string> CreatedAsync(
        string caller,
        DateTimeOffset from,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var newest = Keys.IndexByTime(before.AddTicks(-1), "");
        var oldest = Keys.IndexByTime(from, AfterAll);
        for (var shard = 0; shard < Keys.IndexShards; shard++)
        {
            var partition = string.Create(CultureInfo.InvariantCulture, $"{caller}|{from.UtcDateTime:yyyyMM}|{shard}");
            var query = table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {partition} and RowKey ge {newest} and RowKey lt {oldest}"
                ),
                select: ["MessageId"],
                cancellationToken: cancellation
            );
            await foreach (var row in query)
            {
                yield return row.GetString("MessageId");
            }
        }
    }
}
