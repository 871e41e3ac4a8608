using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Dns;

namespace TlsOrLink.Tests.Integration.World;

/// <summary>The parts fit together: the real app lives in the world and sees nothing else.</summary>
public sealed class AppProcessTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task The_real_app_delivers_a_message_through_every_part_of_the_world()
    {
        var (app, server) = (await world.App, await (await world.Postfix).AddAsync("mx.whole.test"));
        await (await world.Dns).SetAsync(server.ZoneFor("whole.test") with { Security = ZoneSecurity.Signed });
        var message = new
        {
            sender = "me@sender.example",
            recipients = new[] { "you@whole.test" },
            subject = "kit",
            body = new { text = "hello" },
            attachments = new[]
            {
                new
                {
                    name = "a.txt",
                    contentType = "text/plain",
                    contentBytes = "c2VjcmV0",
                },
            },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages")
        {
            Content = JsonContent.Create(message),
        };
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        using var answer = await app.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());

        var mail = (await server.WaitForMailAsync()).ShouldHaveSingleItem();
        mail.Tls.ShouldBe("TLSv1.3");
        mail.Text.ShouldContain("a.txt");
        (await world.Identity).Tokens.ShouldBeGreaterThan(0);
        (await world.Storage).Calls.ShouldContain(c => c.IsWrite && c.Container == "messages");
        (await (await world.Dns).GetQuestionsAsync()).ShouldContain(new AskedName("whole.test", "MX"));
    }

    [Fact]
    public async Task A_killed_app_starts_anew_at_the_same_address()
    {
        var app = await world.StartAppAsync();
        var (id, before) = (app.Id, app.Output);
        app.Kill();
        await Should.ThrowAsync<HttpRequestException>(() => app.Client.GetAsync("/health"));
        await app.RestartAsync();
        app.Id.ShouldNotBe(id);
        using var answer = await app.Client.GetAsync("/health");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Output.ShouldStartWith(before);
        app.PeakMemoryBytes.ShouldBeGreaterThan(10_000_000);
        app.PeakMemoryBytes.ShouldBeGreaterThanOrEqualTo(app.MemoryBytes);
        var clock = Stopwatch.StartNew();
        await app.StopAsync();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(29), "SIGTERM ends the app in good order");
    }

    [Fact]
    public async Task An_app_that_cannot_start_says_why()
    {
        var failed = await Should.ThrowAsync<InvalidOperationException>(() =>
            world.StartAppAsync(("Storage__HashKey", "short"))
        );
        failed.Message.ShouldContain("HashKey");
    }
}
