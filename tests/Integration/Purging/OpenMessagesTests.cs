using Azure;
using Azure.Data.Tables;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Links;

namespace TlsOrLink.Tests.Integration.Purging;

public sealed class OpenMessagesTests
{
    [Fact]
    public async Task What_a_crashed_intake_left_is_removed_after_an_hour_and_nothing_else()
    {
        await using var world = await PlainRooms.StartAsync();
        var (orphan, whole) = (await OrphanAsync(world), await StoredMessage.TakeInAsync(world.Rooms));
        var now = DateTimeOffset.UtcNow;
        (await ActionsAsync(world, now.AddMinutes(30))).ShouldBe(
            [(whole.Id, OpenAction.Start)],
            "an upload may still be under way"
        );

        var open = (await ListAsync(world, now.AddHours(3))).Single(message => message.Action == OpenAction.Sweep);
        open.Due.Id.ShouldBe(orphan.Id);
        (await world.Rooms.Get<OpenMessages>().SweepAsync(open, now.AddHours(3), default)).ShouldBe(
            4,
            "a blob, two rows and an event"
        );

        (await BlobsAsync(world, orphan.Id)).ShouldBe(0);
        (await RowsAsync(world, orphan.Id)).ShouldBe(0);
        (await BlobsAsync(world, whole.Id)).ShouldBe(1);
        (await ActionsAsync(world, now.AddHours(3))).ShouldBe([(whole.Id, OpenAction.Start)]);
    }

    [Fact]
    public async Task Another_attempt_that_is_writing_right_now_is_spared()
    {
        await using var world = await PlainRooms.StartAsync();
        var orphan = await OrphanAsync(world);
        var open = (await ListAsync(world, DateTimeOffset.UtcNow.AddHours(3))).ShouldHaveSingleItem();
        await world.Rooms.Get<DueTable>().InsertAsync(open.Due, default);

        await world.Rooms.Get<OpenMessages>().SweepAsync(open, DateTimeOffset.UtcNow, default);

        (await BlobsAsync(world, orphan.Id)).ShouldBe(1, "written less than an hour ago");
        (await RowsAsync(world, orphan.Id)).ShouldBe(3);
        (await ListAsync(world, DateTimeOffset.UtcNow.AddHours(3))).ShouldHaveSingleItem(
            "the open row was written again"
        );
    }

    [Fact]
    public async Task A_finished_message_whose_completion_was_cut_off_is_closed_and_its_content_comes_due()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.TakeInAsync(world.Rooms);
        (message.State, message.CompletedAt) = (MessageState.Completed, DateTimeOffset.UtcNow);
        await world.Rooms.Get<MessageTable>().UpdateMessageAsync(message, default);
        var later = DateTimeOffset.UtcNow.AddHours(1);

        var open = (await ListAsync(world, later)).ShouldHaveSingleItem();
        open.Action.ShouldBe(OpenAction.Close);
        await world.Rooms.Get<OpenMessages>().CloseAsync(open, default);

        (await ListAsync(world, later)).ShouldBeEmpty();
        await world.Rooms.Get<ExpiredPurge>().RunAsync(later.AddDays(1), default);
        (await BlobsAsync(world, message.Id)).ShouldBe(0);
    }

    /// <summary>As a kill between the rows and <c>m</c> leaves it.</summary>
    private static async Task<MessageRow> OrphanAsync(PlainRooms world)
    {
        var message = await StoredMessage.TakeInAsync(world.Rooms);
        await Messages(world).DeleteEntityAsync(message.Id, Keys.Message, ETag.All);
        return message;
    }

    private static async Task<List<OpenMessage>> ListAsync(PlainRooms world, DateTimeOffset now) =>
        await world.Rooms.Get<OpenMessages>().ListAsync(now, default).ToListAsync();

    private static async Task<List<(string Id, OpenAction Action)>> ActionsAsync(
        PlainRooms world,
        DateTimeOffset now
    ) => [.. (await ListAsync(world, now)).Select(open => (open.Due.Id, open.Action))];

    private static async Task<int> RowsAsync(PlainRooms world, string id) =>
        await Messages(world).QueryAsync<TableEntity>(row => row.PartitionKey == id).CountAsync();

    private static async Task<int> BlobsAsync(PlainRooms world, string id) =>
        await world
            .Azurite.NewBlobClient()
            .GetBlobContainerClient(ContainerNames.Messages)
            .GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions(), default)
            .CountAsync(blob => blob.Name.Contains(id, StringComparison.Ordinal));

    private static TableClient Messages(PlainRooms world) =>
        world.Azurite.NewTableClient().GetTableClient(TableNames.Messages);
}
