using System.Net;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <content>What is answered to the provider besides 200 and 401.</content>
public sealed partial class SendGridTests
{
    [Fact]
    public async Task What_is_signed_and_is_no_list_of_events_is_400_and_what_is_too_much_413()
    {
        (await SendAsync(world.Stub.Sign("no events", DateTimeOffset.UtcNow))).ShouldBe(HttpStatusCode.BadRequest);

        using var large = world.Stub.Sign($"[{new string(' ', 4 << 20)}]", DateTimeOffset.UtcNow);
        // Its body stays here unless it is asked for.
        large.Headers.ExpectContinue = true;
        (await SendAsync(large)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task While_storage_is_away_events_are_to_come_again()
    {
        var id = (await world.Messages.SendAsync(new Letter("away@partner.test"))).Id;
        await world.Messages.WaitAsync(
            id,
            seen => seen.Recipients[0] is { State: "sending", LastReplyCode: not null } && MailsOf(id).Any()
        );
        var mark = Marks(MailOf(id))[0];

        using ((await world.World.Storage).FailWhen(_ => true, StorageFault.Unavailable))
        {
            var sent = world.Stub.Sign($"[{Event("delivered", mark, "a1", "250 OK")}]", DateTimeOffset.UtcNow);
            (await SendAsync(sent)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        await PostAsync(Event("delivered", mark, "a1", "250 OK"));
        (await world.Messages.WaitForCompletionAsync(id)).Recipients[0].State.ShouldBe("accepted");
    }
}
