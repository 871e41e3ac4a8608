using TlsOrLink.Faults;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Links;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Purging;

public sealed class ExpiredPurgeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task An_expired_link_shows_its_page_and_loses_its_files_while_another_messages_stay()
    {
        await using var world = await PlainRooms.StartAsync();
        var rooms = world.Rooms;
        var (expired, live) = (
            await StoredMessage.NewAsync(rooms, Hour),
            await StoredMessage.NewAsync(rooms, TimeSpan.FromDays(7))
        );
        await DownloadedAsync(expired, 1);
        var later = DateTimeOffset.UtcNow + (2 * Hour);
        (await PageAsync(expired, later)).ShouldBe((410, true), "expired before the purge");
        (await expired.BlobCountAsync(ContainerNames.Files)).ShouldBe(3);

        var run = await rooms.Get<ExpiredPurge>().RunAsync(later, default);

        run.ShouldBe(new PurgeRun(Links: 2, Tombstones: 0, Contents: 0, Audits: 0, Blobs: 3, IsComplete: true));
        (await expired.BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
        (await live.BlobCountAsync(ContainerNames.Files)).ShouldBe(3);
        (await expired.RecipientsAsync())
            .Select(recipient => recipient.State)
            .ShouldBe([RecipientState.Expired, RecipientState.Downloaded]);
        (await live.RecipientsAsync()).ShouldAllBe(recipient => recipient.State == RecipientState.Linked);
        (await PageAsync(expired, later)).ShouldBe((410, true), "expired after the purge");
        (await PageAsync(live, later)).ShouldBe((200, false));
        (await rooms.Get<LinkTable>().FindAsync(expired.Links[0].Row.LinkId, default))!.Files.ShouldBeEmpty();
        (await rooms.Get<ExpiredPurge>().RunAsync(later, default)).Total.ShouldBe(0, "a second run finds nothing");
    }

    [Fact]
    public async Task Everything_goes_in_its_time_and_the_rows_last()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.NewAsync(world.Rooms, TimeSpan.FromDays(7));
        var (purge, start) = (world.Rooms.Get<ExpiredPurge>(), message.Message.CreatedAt);

        await purge.RunAsync(start.AddDays(2), default);
        (await message.BlobCountAsync(ContainerNames.Messages)).ShouldBe(0, "the content goes a day after completion");
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(3, "files stay behind a live link");
        await purge.RunAsync(start.AddDays(8), default);
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
        await purge.RunAsync(start.AddDays(38), default);
        (await PageAsync(message, start.AddDays(38))).ShouldBe((404, false), "the tombstone went after 30 days");
        (await world.Rooms.Get<MessageTable>().FindAsync(message.Id, default)).ShouldNotBeNull(
            "receipts stay for the audit period"
        );
        await purge.RunAsync(start.AddDays(1096), default);

        foreach (var table in TableNames.All)
        {
            var left = world.Azurite.NewTableClient().GetTableClient(table).QueryAsync<Azure.Data.Tables.TableEntity>();
            (
                await left.CountAsync(row =>
                    row.PartitionKey is not "watermark"
                    && !row.PartitionKey.StartsWith("head|", StringComparison.Ordinal)
                )
            ).ShouldBe(0, $"rows are left in {table}");
        }
    }

    [Fact]
    public async Task Files_stay_while_the_message_may_still_need_them()
    {
        await using var world = await PlainRooms.StartAsync();
        var delivering = await StoredMessage.NewAsync(world.Rooms, Hour, isFinished: false);
        var renewed = await StoredMessage.NewAsync(world.Rooms, Hour);
        renewed.Message.LinksUntil = DateTimeOffset.UtcNow.AddDays(1);
        await world.Rooms.Get<MessageTable>().UpdateMessageAsync(renewed.Message, default);

        await world.Rooms.Get<ExpiredPurge>().RunAsync(DateTimeOffset.UtcNow + (2 * Hour), default);

        (await delivering.BlobCountAsync(ContainerNames.Files)).ShouldBe(3, "a deferred recipient may need a link yet");
        (await renewed.BlobCountAsync(ContainerNames.Files)).ShouldBe(3, "another link of the message is live");
    }

    [Fact]
    public async Task An_extended_link_outlives_its_first_due_row()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.NewAsync(world.Rooms, Hour, recipients: 1);
        var link = (await world.Rooms.Get<LinkTable>().FindAsync(message.Links[0].Row.LinkId, default))!;
        await world.Rooms.Get<LinkTable>().UpdateAsync(link with { ExpiresAt = link.ExpiresAt.AddDays(3) }, default);

        var run = await world.Rooms.Get<ExpiredPurge>().RunAsync(DateTimeOffset.UtcNow + (2 * Hour), default);

        run.Blobs.ShouldBe(0, "the owner's row alone is trusted");
        (await PageAsync(message, DateTimeOffset.UtcNow + (2 * Hour))).ShouldBe((200, false));
    }

    [Theory]
    [InlineData(StorageFault.Reset)]
    [InlineData(StorageFault.ResetAfterwards)]
    public async Task A_run_cut_off_at_any_write_is_finished_by_the_next(StorageFault fault)
    {
        await using var world = await PlainRooms.StartAsync(("Purging:ContentLife", "00:30:00"));
        var later = DateTimeOffset.UtcNow + (2 * Hour);
        var cuts = 0;
        for (var finished = false; !finished; cuts++)
        {
            var message = await StoredMessage.NewAsync(world.Rooms, Hour);
            var (writes, cut) = (0, cuts);
            using (
                var failure = world.Proxy.FailWhen(
                    call => call.IsWrite && Interlocked.Increment(ref writes) > cut,
                    fault
                )
            )
            {
                var error = await Record.ExceptionAsync(() => world.Rooms.Get<ExpiredPurge>().RunAsync(later, default));
                finished = failure.Count == 0;
                (error is TransientFault).ShouldBe(
                    !finished,
                    $"write {cut + 1} cut off must end the run as a transient fault: {error}"
                );
            }

            await world.Rooms.Get<ExpiredPurge>().RunAsync(later, default);
            var left =
                await message.BlobCountAsync(ContainerNames.Files)
                + await message.BlobCountAsync(ContainerNames.Messages);
            left.ShouldBe(0, $"blobs are left after write {cut + 1} was cut off and the purge ran again");
            (await message.RecipientsAsync()).ShouldAllBe(recipient => recipient.State == RecipientState.Expired);
            (await PageAsync(message, later)).ShouldBe((410, true));
            (await DueAsync(world, later)).ShouldBe(0, $"due rows are left after write {cut + 1} was cut off");
        }

        output.WriteLine($"A run was cut off at each of its {cuts - 1} writes.");
        cuts.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_run_takes_on_a_bounded_number_and_the_next_goes_on()
    {
        await using var world = await PlainRooms.StartAsync(("Purging:MaxPerRun", "5"));
        await StoredMessage.NewAsync(world.Rooms, Hour, recipients: 12);
        var later = DateTimeOffset.UtcNow + (2 * Hour);

        var runs = new List<PurgeRun>();
        for (var i = 0; i < 3; i++)
        {
            runs.Add(await world.Rooms.Get<ExpiredPurge>().RunAsync(later, default));
        }

        runs.Select(run => run.Links).ShouldBe([5, 5, 2]);
        runs.Select(run => run.IsComplete).ShouldBe([false, false, true]);
    }

    private static async Task<(int Status, bool SaysExpired)> PageAsync(StoredMessage message, DateTimeOffset now)
    {
        LinkToken.TryParse(message.Links[0].Url.Segments[^1], out var token).ShouldBeTrue();
        var row = await message.Rooms.Get<LinkTable>().FindAsync(token!.LinkId, default);
        var page = message
            .Rooms.Get<LinkPages>()
            .Show(new LinkVisit(token, "ja", null), LinkJudge.StateAt(row, now), row);
        return (page.Status, page.Html.Contains("お受け取り期限を過ぎております", StringComparison.Ordinal));
    }

    private static async Task DownloadedAsync(StoredMessage message, int n)
    {
        LinkToken.TryParse(message.Links[n].Url.Segments[^1], out var token).ShouldBeTrue();
        (await message.Rooms.Get<Presses>().PressAsync(token!, 1, PressProof.Nothing, default)).State.ShouldBe(
            LinkState.Live
        );
    }

    private static async Task<int> DueAsync(PlainRooms world, DateTimeOffset now)
    {
        var due = 0;
        foreach (var kind in new[] { DueKinds.Link, DueKinds.Tombstone, DueKinds.Content, DueKinds.Audit })
        {
            due += await world.Rooms.Get<DueTable>().ListAsync(kind, from: null, now, default).CountAsync();
        }

        return due;
    }
}
