using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>Links taken back and extended, against real storage.</summary>
public sealed class LinkChangeTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task A_revoked_link_hands_out_nothing_and_its_recipient_follows()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.NewAsync(world.Rooms, Week);
        var (changes, id) = (world.Rooms.Get<LinkChanges>(), message.Links[0].Row.LinkId);

        var first = await changes.RevokeAsync(id, "caller:x", default);
        var again = await changes.RevokeAsync(id, "caller:x", default);

        again.Row!.RevokedAt.ShouldBe(first.Row!.RevokedAt, "the first revocation counts");
        (await PressAsync(message, 0)).ShouldBe(LinkState.Revoked);
        (await PressAsync(message, 1)).ShouldBe(LinkState.Live, "the other recipient's link is another");
        (await message.RecipientsAsync())
            .Select(row => row.State)
            .ShouldBe([RecipientState.Revoked, RecipientState.Downloaded]);
        (await changes.ExtendAsync(id, Week, "caller:x", default)).Change.ShouldBe(LinkChange.Revoked);
    }

    [Fact]
    public async Task All_links_of_a_message_are_revoked_and_who_has_the_files_keeps_that_state()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.NewAsync(world.Rooms, Week, recipients: 3);
        await PressAsync(message, 1);

        var all = await world
            .Rooms.Get<LinkChanges>()
            .RevokeAllAsync(await message.RecipientsAsync(), "caller:x", default);

        all.Count.ShouldBe(3);
        all.Values.ShouldAllBe(changed => changed.Change == LinkChange.Done);
        (await message.RecipientsAsync())
            .Select(row => row.State)
            .ShouldBe([RecipientState.Revoked, RecipientState.Downloaded, RecipientState.Revoked]);
        (await PressAsync(message, 1)).ShouldBe(LinkState.Revoked);
    }

    [Fact]
    public async Task An_extended_link_is_left_by_the_purge_until_its_new_end()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.NewAsync(world.Rooms, TimeSpan.FromHours(1), recipients: 1);
        var (before, purge) = (message.Links[0].Row.ExpiresAt, world.Rooms.Get<ExpiredPurge>());

        var changed = await world
            .Rooms.Get<LinkChanges>()
            .ExtendAsync(message.Links[0].Row.LinkId, Week, "caller:x", default);

        changed.Change.ShouldBe(LinkChange.Done);
        var due = world.Rooms.Get<DueTable>();
        var falls = await due.ListAsync(DueKinds.Link, null, before.AddDays(30), default).ToListAsync();
        falls.ShouldHaveSingleItem("the old due row is gone").At.ShouldBe(changed.Row!.ExpiresAt);
        (await message.RecipientsAsync())[0].LinkExpiresAt.ShouldBe(changed.Row.ExpiresAt);
        (await purge.RunAsync(before.AddDays(2), default)).Links.ShouldBe(0);
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(3);
        (await purge.RunAsync(before.AddDays(8), default)).Links.ShouldBe(1);
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
    }

    [Fact]
    public async Task An_extension_within_the_hour_keeps_the_one_due_row()
    {
        await using var world = await PlainRooms.StartAsync();
        var message = await StoredMessage.NewAsync(world.Rooms, Week, recipients: 1);
        var end = message.Links[0].Row.ExpiresAt;

        await world.Rooms.Get<LinkChanges>().ExtendAsync(message.Links[0].Row.LinkId, Week, "caller:x", default);

        var falls = await world
            .Rooms.Get<DueTable>()
            .ListAsync(DueKinds.Link, null, end.AddDays(1), default)
            .ToListAsync();
        falls.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(StorageFault.Reset)]
    [InlineData(StorageFault.ResetAfterwards)]
    public async Task An_extension_cut_off_at_any_write_never_leaves_a_link_without_its_end(StorageFault fault)
    {
        await using var world = await PlainRooms.StartAsync();
        var (links, purge, now) = (
            world.Rooms.Get<LinkTable>(),
            world.Rooms.Get<ExpiredPurge>(),
            DateTimeOffset.UtcNow
        );
        List<StoredMessage> cut = [];
        for (var finished = false; !finished; )
        {
            var message = await StoredMessage.NewAsync(world.Rooms, TimeSpan.FromHours(1), recipients: 1);
            var writes = 0;
            using var failure = world.Proxy.FailWhen(
                call => call.IsWrite && Interlocked.Increment(ref writes) > cut.Count,
                fault
            );
            await Record.ExceptionAsync(() =>
                world.Rooms.Get<LinkChanges>().ExtendAsync(message.Links[0].Row.LinkId, Week, "caller:x", default)
            );
            finished = failure.Count == 0;
            cut.Add(message);
        }

        cut.Count.ShouldBeGreaterThan(4);
        await purge.RunAsync(now.AddHours(2), default);
        foreach (var (n, message) in cut.Index())
        {
            var isExtended = (await links.FindAsync(message.Links[0].Row.LinkId, default))!.ExpiresAt > now.AddDays(1);
            var files = await message.BlobCountAsync(ContainerNames.Files);
            (files == 3 || !isExtended).ShouldBeTrue(
                $"write {n + 1} was cut off: the link lives and its files are gone"
            );
        }

        await purge.RunAsync(now.AddDays(8), default);
        foreach (var (n, message) in cut.Index())
        {
            var left = await message.BlobCountAsync(ContainerNames.Files);
            left.ShouldBe(0, $"write {n + 1} was cut off: the files outlive the link");
        }
    }

    private static async Task<LinkState> PressAsync(StoredMessage message, int n)
    {
        LinkToken.TryParse(message.Links[n].Url.Segments[^1], out var token).ShouldBeTrue();
        return (await message.Rooms.Get<Presses>().PressAsync(token!, 1, PressProof.Nothing, default)).State;
    }
}
