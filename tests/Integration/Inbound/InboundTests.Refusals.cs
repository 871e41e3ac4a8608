using System.Net;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Inbound;

/// <content>What is answered to the provider besides 200 and 401.</content>
public sealed partial class InboundTests
{
    [Fact]
    public async Task What_is_over_the_limit_is_413() =>
        (await world.PostAsync(InboundWorld.Raw(new byte[6_000_001]))).Status.ShouldBe(
            HttpStatusCode.RequestEntityTooLarge
        );

    [Fact]
    public async Task While_storage_is_away_mail_is_to_come_again()
    {
        var server = await world.AddPostfixAsync("away-in.test");
        var mail = world.Signed(InboundWorld.Mail("taro@away-in.test"));

        using ((await world.World.Storage).FailWhen(_ => true, StorageFault.Unavailable))
        {
            (await world.PostAsync(InboundWorld.Raw(mail))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await world.PostAsync(InboundWorld.Raw(mail))).Result.ShouldBe("accepted");
        await server.WaitForMailAsync();
    }
}
