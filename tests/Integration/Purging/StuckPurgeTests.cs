using Azure.Data.Tables;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Links;

namespace TlsOrLink.Tests.Integration.Purging;

/// <summary>Messages that cannot be purged: somebody who owns the tables changed them. The others go, and their files cannot be had.</summary>
public sealed class StuckPurgeTests
{
    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddHours(2);

    [Fact]
    public async Task A_message_whose_trail_was_tampered_with_waits_alone_and_goes_once_it_is_mended()
    {
        await using var world = await PlainRooms.StartAsync();
        var messages = await NewAsync(world, 5);
        var stuck = messages[2];
        var recipient = (await stuck.RecipientsAsync())[0];
        var forged = new TableEntity(stuck.Id, Keys.Event(recipient.Chain, recipient.Head.Count + 1));
        var table = world.Azurite.NewTableClient().GetTableClient(TableNames.Messages);
        await table.AddEntityAsync(forged);

        var run = await RunAsync(world, Later);

        (run.Links, run.SetAside, run.IsComplete).ShouldBe((4, 1, false));
        (await StatesAsync(messages)).ShouldBe("expired expired linked expired expired");
        foreach (var message in messages)
        {
            (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(0, "no file outlives its link");
        }

        await ShouldBeShutAsync(stuck);
        (await RunAsync(world, Later.AddMinutes(1))).ShouldBe(new PurgeRun(0, 0, 0, 0, 0, IsComplete: true));
        (await RunAsync(world, Later.AddDays(2))).SetAside.ShouldBe(1, "it is tried again");
        await table.DeleteEntityAsync(forged.PartitionKey, forged.RowKey);
        var mended = await RunAsync(world, Later.AddDays(4));
        (mended.Links, mended.SetAside, mended.IsComplete).ShouldBe((1, 0, true));
        (await StatesAsync(messages)).ShouldBe("expired expired expired expired expired");
        await ShouldBeShutAsync(stuck);
    }

    [Theory]
    [InlineData(TableNames.Messages, nameof(MessageRow.LinksUntil))]
    [InlineData(TableNames.Links, nameof(LinkRow.Files))]
    [InlineData(TableNames.Links, nameof(LinkRow.ExpiresAt))]
    public async Task A_damaged_row_keeps_no_other_message_from_its_end(string tableName, string column)
    {
        await using var world = await PlainRooms.StartAsync();
        var messages = await NewAsync(world, 3);
        var stuck = messages[1];
        var (partition, row) =
            tableName == TableNames.Links ? (stuck.Links[0].Row.LinkId, Keys.Link) : (stuck.Id, Keys.Message);
        var table = world.Azurite.NewTableClient().GetTableClient(tableName);
        TableEntity sound = await table.GetEntityAsync<TableEntity>(partition, row);
        await table.UpdateEntityAsync(
            new TableEntity(partition, row) { [column] = 7 },
            Azure.ETag.All,
            TableUpdateMode.Merge
        );

        var run = await RunAsync(world, Later);

        (run.Links, run.SetAside, run.IsComplete).ShouldBe((2, 1, false));
        (await messages[0].BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
        (await messages[2].BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
        await table.UpdateEntityAsync(sound, Azure.ETag.All, TableUpdateMode.Replace);
        (await RunAsync(world, Later.AddDays(2))).Links.ShouldBe(1);
        (await stuck.BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
    }

    /// <summary>Nothing but their links falls due, so that a run's figures are those of links.</summary>
    private static async Task<IReadOnlyList<StoredMessage>> NewAsync(PlainRooms world, int count)
    {
        List<StoredMessage> messages = [];
        for (var i = 0; i < count; i++)
        {
            messages.Add(await StoredMessage.NewAsync(world.Rooms, TimeSpan.FromHours(1), recipients: 1));
        }

        var due = world.Rooms.Get<DueTable>();
        await foreach (var content in due.ListAsync(DueKinds.Content, from: null, Later.AddDays(9), default))
        {
            await due.DeleteAsync(content, default);
        }

        return messages;
    }

    private static Task<PurgeRun> RunAsync(PlainRooms world, DateTimeOffset now) =>
        world.Rooms.Get<ExpiredPurge>().RunAsync(now, default);

    private static async Task<string> StatesAsync(IEnumerable<StoredMessage> messages)
    {
        List<string> states = [];
        foreach (var message in messages)
        {
            states.Add($"{(await message.RecipientsAsync())[0].State}".ToLowerInvariant());
        }

        return string.Join(' ', states);
    }

    private static async Task ShouldBeShutAsync(StoredMessage message)
    {
        var row = await message.Rooms.Get<LinkTable>().FindAsync(message.Links[0].Row.LinkId, default);
        LinkJudge.StateAt(row, Later).ShouldBe(LinkState.Expired);
    }
}
