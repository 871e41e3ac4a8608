using TlsOrLink.Faults;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Storage;

public sealed class DueBatchesTests
{
    private static readonly DateTimeOffset Hour = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    private readonly MemoryTables tables = new();

    [Fact]
    public async Task Rows_of_one_partition_are_written_and_deleted_by_the_hundred()
    {
        var rows = Rows(250);

        await NewBatches(tables).InsertAsync(rows, 1, default);

        tables.Rows.Count.ShouldBe(250);
        tables.Batches.ShouldBe(3);
        await NewBatches(tables).DeleteAsync(Stored(), 1, default);
        tables.Rows.ShouldBeEmpty();
        tables.Batches.ShouldBe(6);
    }

    [Fact]
    public async Task Of_rows_under_one_key_the_last_is_written()
    {
        await NewBatches(tables)
            .InsertAsync([Row("a", Hour), Row("a", Hour.AddMinutes(9)), Row("b", Hour)], 1, default);

        Stored().Single(row => row.Id == "a").At.ShouldBe(Hour.AddMinutes(9));
        tables.Rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_row_that_was_written_again_stays_and_keeps_no_other()
    {
        var batches = NewBatches(tables);
        await batches.InsertAsync(Rows(4), 1, default);
        var read = Stored();
        await new DueTable(tables).InsertAsync(read[1], default);
        await new DueTable(tables).DeleteAsync(Stored()[2], default);

        await batches.DeleteAsync(read, 1, default);

        Stored().ShouldHaveSingleItem().Id.ShouldBe(read[1].Id);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(400, false)]
    public async Task A_batch_that_is_refused_is_a_fault(int status, bool isTransient)
    {
        var refusing = new MemoryTables { RefuseBatchesWith = status };

        var fault = await Should.ThrowAsync<Exception>(() => NewBatches(refusing).InsertAsync(Rows(2), 1, default));

        fault.ShouldBeOfType(isTransient ? typeof(TransientFault) : typeof(PermanentFault));
    }

    private static DueBatches NewBatches(MemoryTables tables) => new(tables, new DueTable(tables));

    /// <summary>All in one shard.</summary>
    private static List<Due> Rows(int count) =>
        [
            .. Enumerable
                .Range(0, int.MaxValue)
                .Select(n => $"{n}")
                .Where(id => Keys.Shard(id, Keys.DueShards) == 0)
                .Take(count)
                .Select(id => Row(id, Hour)),
        ];

    private static Due Row(string id, DateTimeOffset at) => new(DueKinds.Link, at, id, "message");

    private List<Due> Stored() =>
        [
            .. tables.Rows.Values.Select(row => new Due(
                DueKinds.Link,
                row.GetDateTimeOffset(nameof(Due.At))!.Value,
                row.RowKey,
                row.GetString(nameof(Due.MessageId))!
            )
            {
                ETag = row.ETag,
            }),
        ];
}
