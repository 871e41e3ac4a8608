using TlsOrLink.Messages.Uploads;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Links;

namespace TlsOrLink.Tests.Integration.Purging;

public sealed class UploadPurgeTests
{
    [Fact]
    public async Task An_upload_that_nobody_refers_to_goes_after_its_session_and_not_before()
    {
        await using var world = await PlainRooms.StartAsync();
        var opened = await world.Rooms.Get<UploadDesk>().OpenAsync("tester", default);
        var row = opened.ShouldBeOfType<UploadOutcome.Opened>().Row;
        var container = world.Azurite.NewBlobClient().GetBlobContainerClient(ContainerNames.Uploads);
        await container.UploadBlobAsync(row.Blob, BinaryData.FromString("file"));
        var purge = world.Rooms.Get<ExpiredPurge>();

        await purge.RunAsync(row.ExpiresAt, default);
        (await container.GetBlobClient(row.Blob).ExistsAsync()).Value.ShouldBeTrue(
            "its URL still lives by storage's clock"
        );
        await purge.RunAsync(row.ExpiresAt + UploadDesk.PurgeDelay, default);

        (await container.GetBlobClient(row.Blob).ExistsAsync()).Value.ShouldBeFalse();
        (await world.Rooms.Get<UploadTable>().FindAsync("tester", row.Id, default)).ShouldBeNull();
        (await purge.RunAsync(row.ExpiresAt.AddDays(1), default)).Total.ShouldBe(0);
    }
}
