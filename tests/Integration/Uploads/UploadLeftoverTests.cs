using System.Net;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Uploads;

/// <summary>What is left of an upload goes, and what a message needs of it stays.</summary>
public sealed class UploadLeftoverTests(UploadWorld world) : IClassFixture<UploadWorld>
{
    [Fact]
    public async Task An_upload_whose_sender_keeps_a_lease_goes_with_its_message_all_the_same()
    {
        await world.AddScriptedAsync("leased.test");
        var session = await world.UploadAsync([1, 2, 3]);
        using var lease = new HttpRequestMessage(HttpMethod.Put, $"{session.UploadUrl}&comp=lease");
        lease.Headers.Add("x-ms-lease-action", "acquire");
        lease.Headers.Add("x-ms-lease-duration", "-1");
        (await world.SendAsync(lease)).ShouldBe(HttpStatusCode.Created);

        var (status, _) = await world.PostAsync(UploadWorld.Json("a@leased.test", session.Id), "leased");

        status.ShouldBe(HttpStatusCode.Accepted);
        var uploads = (await world.World.Azurite).NewBlobClient().GetBlobContainerClient(ContainerNames.Uploads);
        (await uploads.GetBlobsAsync().ToListAsync()).ShouldNotContain(blob =>
            blob.Name.Contains(session.Id, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_message_that_storage_kept_though_its_answer_was_lost_keeps_its_file()
    {
        var server = await world.AddScriptedAsync("lost-answer.test");
        var session = await world.UploadAsync([1, 2, 3]);
        var json = UploadWorld.Json("a@lost-answer.test", session.Id);
        using ((await world.World.Storage).FailWhen(call => call.Writes("Messages", "m"), StorageFault.ResetAfterwards))
        {
            (await world.PostAsync(json, "lost-answer")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await world.PostAsync(json, "lost-answer")).Status.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.BeTrueAsync(
            () => server.Messages.Any(mail => mail.Text.Contains("AQID", StringComparison.Ordinal)),
            otherwise: () => world.App.Output
        );
    }
}
