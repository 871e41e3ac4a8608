using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Faults;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>The copies that storage addresses name: how they are made, and how they go.</summary>
public sealed partial class DirectLinkTests
{
    [Fact]
    public async Task The_purge_takes_the_copies_with_the_files()
    {
        await using var rooms = await NewRoomsAsync();
        var message = await StoredMessage.NewAsync(rooms, TimeSpan.FromHours(1), recipients: 1);
        var (files, end) = (message.Links[0].Row.Files, message.Links[0].Row.ExpiresAt);
        var issued = await IssueAsync(rooms, message, end);
        var direct = await rooms.Get<DirectLinks>().OpenAsync(issued, files, default);
        using var client = world.World.Authority.NewClient();
        (await client.GetStringAsync(direct[0].Url)).ShouldBe("confidential1");
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(5);

        await rooms.Get<ExpiredPurge>().RunAsync(end.AddMinutes(1), default);

        using var gone = await client.GetAsync(direct[0].Url);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
    }

    [Fact]
    public async Task Copies_of_a_link_that_no_mail_names_go_when_it_ends_also_while_another_link_lives()
    {
        await using var rooms = await NewRoomsAsync();
        var message = await StoredMessage.NewAsync(rooms, TimeSpan.FromHours(3), recipients: 1);
        var files = message.Links[0].Row.Files;
        // As a crash leaves it, after which the operator set the mode to Page: the row of the recipient names the page alone.
        var orphan = await IssueAsync(rooms, message, DateTimeOffset.UtcNow.AddHours(1));
        await rooms.Get<DirectLinks>().OpenAsync(orphan, files, default);
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(5);

        await rooms.Get<ExpiredPurge>().RunAsync(DateTimeOffset.UtcNow.AddHours(2), default);

        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(3, "the copies are gone, the page's files stay");
        await rooms.Get<ExpiredPurge>().RunAsync(DateTimeOffset.UtcNow.AddHours(4), default);
        (await message.BlobCountAsync(ContainerNames.Files)).ShouldBe(0);
    }

    [Fact]
    public async Task A_copy_that_fails_is_one_of_the_two_faults()
    {
        await using var rooms = await NewRoomsAsync();
        var message = await StoredMessage.NewAsync(rooms, TimeSpan.FromHours(3), recipients: 1);
        var files = message.Links[0].Row.Files;
        var link = await IssueAsync(rooms, message, DateTimeOffset.UtcNow.AddHours(1));
        var container = rooms.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Files);
        var taken = container.GetBlobClient(link.Files[0].Blob);
        await taken.UploadAsync(BinaryData.FromString("leased"));
        await taken.GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(-1));

        await Should.ThrowAsync<TransientFault>(() => rooms.Get<DirectLinks>().OpenAsync(link, files, default));
        await taken.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        (await rooms.Get<DirectLinks>().OpenAsync(link, files, default)).Count.ShouldBe(2);
        await Should.ThrowAsync<TransientFault>(
            () => rooms.Get<DirectLinks>().OpenAsync(link, [files[0] with { Bytes = 99 }, files[1]], default),
            "a copy that is not whole is none"
        );
        await container.DeleteBlobAsync(files[1].Blob);
        await Should.ThrowAsync<PermanentFault>(() => rooms.Get<DirectLinks>().OpenAsync(link, files, default));
    }

    private async Task<Rooms> NewRoomsAsync() =>
        await Rooms.StartSecureAsync(
            await world.World.Storage,
            (await world.World.Identity).Credential,
            world.World.Authority.NewHandler()
        );

    private static async Task<LinkRow> IssueAsync(Rooms rooms, StoredMessage message, DateTimeOffset end)
    {
        var order = new LinkOrder(
            message.Id,
            message.Message.Attempt,
            "y@sender.example",
            "",
            MailLanguage.Ja,
            message.Links[0].Row.Files
        )
        {
            IsDirect = true,
        };
        LinkHolder[] holders = [new(0, "r0@plain.example")];
        return (await rooms.Get<LinkIssuer>().IssueAsync(order, holders, end, default))[0].Row;
    }
}
