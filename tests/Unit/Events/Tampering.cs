using Azure.Data.Tables;
using TlsOrLink.Events;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Events;

/// <summary>What somebody who owns the table, and not the key, can do to a trail.</summary>
internal sealed class Tampering(MemoryTables tables)
{
    public TableEntity Event(string chain, int number) => Row(Keys.Event(chain, number));

    public void Alter(string chain, int number, string column, object value) => Event(chain, number)[column] = value;

    public void Delete(string chain, int number) => tables.Rows.Remove(KeyOf(Keys.Event(chain, number)));

    public void Swap(string chain, int first, int second)
    {
        var (one, other) = (Event(chain, first), Event(chain, second));
        Place(one, chain, second);
        Place(other, chain, first);
    }

    /// <summary>All events of <paramref name="from"/>, under the name of <paramref name="to"/>; with the head.</summary>
    public void Copy(string fromMessage, string from, string to, string ownerKey)
    {
        foreach (
            var key in tables
                .Rows.Keys.Where(key =>
                    key.Partition == Trails.Id && key.Row.StartsWith($"e:{to}:", StringComparison.Ordinal)
                )
                .ToList()
        )
        {
            tables.Rows.Remove(key);
        }

        foreach (
            var (key, row) in tables
                .Rows.Where(row =>
                    row.Key.Partition == fromMessage && row.Key.Row.StartsWith($"e:{from}:", StringComparison.Ordinal)
                )
                .ToList()
        )
        {
            Place(row, to, int.Parse(key.Row.Split(':')[2], System.Globalization.CultureInfo.InvariantCulture));
        }

        Row(ownerKey)[nameof(ChainedRow.Head)] = tables.Rows[(TableNames.Messages, fromMessage, ownerKey)][
            nameof(ChainedRow.Head)
        ];
    }

    /// <summary>Cuts the last event off and sets the head back as far as that is possible without the key.</summary>
    public void CutOff(string chain, int last, string ownerKey)
    {
        Delete(chain, last);
        var head = ChainHead.Parse(Row(ownerKey).GetString(nameof(ChainedRow.Head)));
        var mac = Event(chain, last - 1).GetString(nameof(ChainEvent.Mac));
        Row(ownerKey)[nameof(ChainedRow.Head)] = (head with { Count = last - 1, Mac = mac }).ToString();
    }

    /// <summary>Puts an event under another key.</summary>
    public void Move(string chain, int number, string rowKey)
    {
        var row = new TableEntity(Event(chain, number)) { RowKey = rowKey };
        Delete(chain, number);
        tables.Rows[KeyOf(rowKey)] = row;
    }

    /// <summary>Adds a row that is a copy of another but for its key.</summary>
    public void AddRow(string rowKey, string like) =>
        tables.Rows[KeyOf(rowKey)] = new TableEntity(Row(like)) { RowKey = rowKey };

    public void AlterRow(string rowKey, string column, object value) => Row(rowKey)[column] = value;

    public void ClearHead(string ownerKey) => Row(ownerKey).Remove(nameof(ChainedRow.Head));

    public void DeleteRow(string rowKey) => tables.Rows.Remove(KeyOf(rowKey));

    private TableEntity Row(string rowKey) => tables.Rows[KeyOf(rowKey)];

    private void Place(TableEntity row, string chain, int number)
    {
        var copy = new TableEntity(row) { PartitionKey = Trails.Id, RowKey = Keys.Event(chain, number) };
        tables.Rows[KeyOf(copy.RowKey)] = copy;
    }

    private static (string, string, string) KeyOf(string rowKey) => (TableNames.Messages, Trails.Id, rowKey);
}
