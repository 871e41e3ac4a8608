using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Scanning;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Delivery;

namespace TlsOrLink.Tests.Integration.Scanning;

/// <summary>Defender for Storage's tag on the blob, written here in its place: nothing is sent before it is there.</summary>
public sealed class DefenderTests(DefenderTests.Scanned world) : IClassFixture<DefenderTests.Scanned>
{
    public sealed class Scanned : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [("Scanning__By", "Defender"), ("Scanning__OnUnscannable", "Link")];
    }

    [Fact]
    public async Task A_message_waits_for_its_tag_and_goes_as_the_tag_says()
    {
        var server = await world.AddScriptedAsync("defended.test");
        var (clean, bad, unknown) = (
            await world.Api.SendAsync(new Letter("clean@defended.test")),
            await world.Api.SendAsync(new Letter("bad@defended.test")),
            await world.Api.SendAsync(new Letter("unknown@defended.test"))
        );
        (await world.Api.SeeAsync(clean.Id)).IsCompleted.ShouldBeFalse();
        server.Messages.ShouldBeEmpty("nobody has scanned anything");

        await TagAsync(clean.Id, "No threats found");
        await TagAsync(bad.Id, "Malicious");
        await TagAsync(unknown.Id, "Not Scanned");

        (await world.Api.WaitForCompletionAsync(clean.Id)).Recipients.ShouldAllBe(row => row.State == "accepted");
        (await world.Api.WaitForCompletionAsync(bad.Id)).Recipients.ShouldAllBe(row =>
            row.State == "bounced" && row.Reason == "virus-found"
        );
        (await world.Api.WaitForCompletionAsync(unknown.Id)).Recipients.ShouldAllBe(row => row.State == "linked");
        server.Messages.ShouldNotContain(mail => mail.Recipients.Contains("bad@defended.test"));
    }

    private async Task TagAsync(string id, string result)
    {
        var container = (await world.World.Azurite).NewBlobClient().GetBlobContainerClient(ContainerNames.Messages);
        var blob = await container
            .GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions(), default)
            .SingleAsync(one => one.Name.Contains(id, StringComparison.Ordinal));
        await container
            .GetBlobBaseClient(blob.Name)
            .SetTagsAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [DefenderScanner.Tag] = result });
    }
}
