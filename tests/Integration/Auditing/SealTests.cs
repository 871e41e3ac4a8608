using Azure.Data.Tables;
using TlsOrLink.Auditing;
using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Links;

namespace TlsOrLink.Tests.Integration.Auditing;

public sealed class SealTests
{
    [Fact]
    public async Task A_day_is_sealed_once_on_top_of_the_day_before_and_tells_of_a_row_put_back()
    {
        await using var world = await PlainRooms.StartAsync();
        var rooms = world.Rooms;
        var message = await StoredMessage.TakeInAsync(rooms);
        var today = Days.Of(message.CreatedAt);
        await AppendAsync(rooms, message, 0, message.CreatedAt);
        var before = await TablesRowAsync(world, message.Id, Keys.Recipient(message.Attempt, 0));
        await AppendAsync(rooms, message, 0, message.CreatedAt);
        await AppendAsync(rooms, message, 1, today.AddDays(1).AddHours(1));
        var sealer = rooms.Get<DaySealer>();

        (await sealer.RunAsync(today.AddDays(1), default))
            .ShouldHaveSingleItem("the grace of today is not over")
            .Day.ShouldBe(Days.NameOf(today.AddDays(-1)));
        var heads = await sealer.RunAsync(today.AddDays(2).AddHours(1), default);

        heads
            .Select(head => (head.Day, head.Chains))
            .ShouldBe([(Days.NameOf(today), 2), (Days.NameOf(today.AddDays(1)), 1)], "m and r0; then r1 alone");
        heads[1].Previous.ShouldBe(heads[0].Root);
        (await sealer.RunAsync(today.AddDays(2).AddHours(2), default)).ShouldBeEmpty("each day is sealed once");
        (await VerifyAsync(rooms, today)).ShouldBeEmpty();
        (await VerifyAsync(rooms, today.AddDays(1))).ShouldBeEmpty();
        (
            await rooms.Get<DueTable>().ListAsync(DueKinds.Head, null, today.AddDays(3), default).ToListAsync()
        ).ShouldBeEmpty();

        await PutBackAsync(world, before);

        var trail = (await rooms.Get<AuditTrails>().FindAsync(message.Id, default))!;
        (await rooms.Get<AuditTrails>().VerifyAsync(trail, default)).ShouldBeEmpty("the table alone cannot know");
        (await VerifyAsync(rooms, today)).ShouldBe([new DayDefect(message.Id, "r0", 2, "gone")]);
    }

    [Fact]
    public async Task A_period_is_exported_the_same_before_and_after_its_days_are_sealed()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.TakeInAsync(world.Rooms);
        var today = Days.Of(message.CreatedAt);
        await AppendAsync(world.Rooms, message, 1, message.CreatedAt);
        var open = await ExportAsync(world.Rooms, today, message.CreatedAt.AddTicks(1));

        await world.Rooms.Get<DaySealer>().RunAsync(today.AddDays(1), default);
        await world.Rooms.Get<DaySealer>().RunAsync(today.AddDays(1).AddHours(1), default);

        open.ShouldBe(["m 1 message.stored", "r1 1 link.opened"]);
        (await ExportAsync(world.Rooms, today, message.CreatedAt.AddTicks(1))).ShouldBe(open);
        (await ExportAsync(world.Rooms, today.AddDays(-3), today)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_row_of_a_message_keeps_a_day_unsealed()
    {
        await using var world = await PlainRooms.StartAsync();
        var now = DateTimeOffset.UtcNow;
        var (odd, gone, changed) = (
            await StoredMessage.TakeInAsync(world.Rooms, at: now),
            await StoredMessage.TakeInAsync(world.Rooms, at: now),
            await StoredMessage.TakeInAsync(world.Rooms, at: now)
        );
        var today = Days.Of(odd.CreatedAt);
        var table = Messages(world);
        var first = await TablesRowAsync(world, odd.Id, Keys.Event("m", 1));
        first["Data"] = """{"recipients":null}""";
        await table.UpsertEntityAsync(first, TableUpdateMode.Replace);
        var row = await TablesRowAsync(world, odd.Id, Keys.Recipient(odd.Attempt, 1));
        foreach (var key in new[] { "1", "x", "0000001" })
        {
            await table.AddEntityAsync(new TableEntity(row) { RowKey = $"r:{odd.Attempt}:{key}" });
        }

        await table.DeleteEntityAsync(gone.Id, Keys.Message);
        var message = await TablesRowAsync(world, changed.Id, Keys.Message);
        message[nameof(MessageRow.Attempt)] = 5;
        await table.UpsertEntityAsync(message, TableUpdateMode.Replace);

        var sealer = world.Rooms.Get<DaySealer>();
        await sealer.RunAsync(today.AddDays(1), default);
        var head = (await sealer.RunAsync(today.AddDays(1).AddHours(1), default)).ShouldHaveSingleItem();

        head.Chains.ShouldBe(3, "chain m of each");
        var trail = (await world.Rooms.Get<AuditTrails>().FindAsync(odd.Id, default))!;
        (await world.Rooms.Get<AuditTrails>().VerifyAsync(trail, default)).ShouldContain(
            new ChainDefect("m", 1, 1, ChainVerifier.Altered)
        );
    }

    private static async Task<List<string>> ExportAsync(Rooms rooms, DateTimeOffset from, DateTimeOffset before) =>
        await rooms
            .Get<PeriodEvents>()
            .ListAsync(from, before, default)
            .Select(entry => $"{entry.Chain} {entry.Number} {entry.Kind}")
            .ToListAsync();

    private static async Task<IReadOnlyList<DayDefect>> VerifyAsync(Rooms rooms, DateTimeOffset day)
    {
        var head = await rooms.Get<DayBlobs>().FindHeadAsync(Days.NameOf(day), default);
        return await rooms.Get<DayVerifier>().VerifyAsync(head.ShouldNotBeNull(), day, default);
    }

    private static Task<bool> AppendAsync(Rooms rooms, MessageRow message, int n, DateTimeOffset at) =>
        rooms
            .Get<Trail>()
            .AppendAsync(
                message.Id,
                message.Attempt,
                n,
                row =>
                {
                    row.Record(EventDraft.Of(EventKinds.LinkOpened, EventActors.Recipient, at));
                    return true;
                },
                default
            );

    private static async Task<TableEntity> TablesRowAsync(PlainRooms world, string partition, string row) =>
        (await Messages(world).GetEntityAsync<TableEntity>(partition, row)).Value;

    private static async Task PutBackAsync(PlainRooms world, TableEntity row)
    {
        await Messages(world).UpsertEntityAsync(row, TableUpdateMode.Replace);
        await Messages(world).DeleteEntityAsync(row.PartitionKey, Keys.Event("r0", 2));
    }

    private static TableClient Messages(PlainRooms world) =>
        world.Azurite.NewTableClient().GetTableClient(TableNames.Messages);
}
