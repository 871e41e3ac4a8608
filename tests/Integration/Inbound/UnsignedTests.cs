using System.Net;
using TlsOrLink.Functions.Http;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Inbound;

/// <summary>An address whose requests are refused for their signature again and again; a world of its own, since the count is the address's.</summary>
public sealed class UnsignedTests(InboundWorld world) : IClassFixture<InboundWorld>
{
    [Fact]
    public async Task Who_is_refused_again_and_again_is_told_to_wait_and_a_small_genuine_request_passes_all_the_same()
    {
        await world.AddScriptedAsync("unsigned.test");
        var small = InboundWorld.Raw(world.Signed(InboundWorld.Mail("taro@unsigned.test")));
        var large = InboundWorld.Raw(world.Signed(InboundWorld.Mail("taro@unsigned.test", new string('x', 2 << 20))));
        var proxy = await world.World.Storage;
        var before = proxy.Calls.Count;

        var refused = await SpoiltAsync(large);
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        for (var n = 1; n < UnsignedRequests.Most; n++)
        {
            (await SpoiltAsync(small)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        proxy
            .CallsSince(before)
            .ShouldNotContain(
                call => call.Service == StorageService.Blob && call.Container == "uploads",
                "nothing is staged"
            );
        var late = await SpoiltAsync(small);
        late.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        late.Reason.ShouldContain("too-many-unsigned");
        (await world.PostAsync(large)).Status.ShouldBe(
            HttpStatusCode.ServiceUnavailable,
            "it may be genuine: SendGrid posts it again"
        );
        (await world.PostAsync(small)).Result.ShouldBe("accepted");
        (await EventsAsync()).ShouldBe((HttpStatusCode.TooManyRequests, "600"));
    }

    private Task<InboundSeen> SpoiltAsync(HttpContent form) =>
        world.PostAsync(form, spoil: all => [.. all[..^1], (byte)(all[^1] ^ 1)]);

    /// <summary>The event webhook counts with it.</summary>
    private async Task<(HttpStatusCode Status, string? RetryAfter)> EventsAsync()
    {
        using var answer = await world.App.Client.PostAsync("/api/hooks/sendgrid", new StringContent("[]"));
        return (answer.StatusCode, answer.Headers.RetryAfter?.ToString());
    }
}
