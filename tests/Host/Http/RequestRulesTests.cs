using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Http;

/// <summary>"Requests: the host stops at 104,857,600 bytes …".</summary>
public sealed class RequestRulesTests
{
    [Fact]
    public async Task The_host_stops_at_its_request_limit_with_500_before_the_function_runs()
    {
        await using var world = await Start(settings: new() { ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "1000" });

        (await Post(world, 1000)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post(world, 1001)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public void The_hosts_request_limit_is_104857600_unless_it_is_raised() =>
        new TlsOrLink.Embedded.Hosting.HostSettings(
            new Microsoft.Extensions.Configuration.ConfigurationManager()
        ).RequestLimitBytes.ShouldBe(104_857_600);

    [Fact]
    public async Task Kestrel_stops_at_30000000_bytes_with_500_unless_raised()
    {
        await using var world = await Start();
        await using var raised = await Start(builder =>
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = 40_000_000)
        );

        (await Post(world, 30_000_001)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Post(raised, 30_000_001)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_is_streamed_to_the_function()
    {
        await using var world = await Start();
        using var body = new GatedContent(world.Notes);

        var answer = await world.Http.PostAsync("/api/Stream", body).WaitAsync(EngineWorld.Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_front_end_cuts_an_answer_that_is_too_late()
    {
        await using var world = await Start(settings: new() { ["Embedded:FrontEndTimeout"] = "00:00:00.2" });

        await Should.ThrowAsync<HttpRequestException>(() => world.Http.GetAsync("/api/Hang"));
        world.Notes.Gate("hang").SetResult();
    }

    // Expect: 100-continue, so that the body is not under way when the answer comes.
    private static async Task<HttpResponseMessage> Post(EngineWorld world, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/Read");
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(new byte[bytes]);
        return await world.Http.SendAsync(request);
    }

    private static Task<EngineWorld> Start(
        Action<Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder>? configure = null,
        Dictionary<string, string?>? settings = null
    ) =>
        EngineWorld.Start(
            new EngineWorldOptions { Configure = configure, Settings = settings ?? [] },
            typeof(HttpFunctionsUnderTest)
        );

    // Sends its second part only after the function has read the first.
    private sealed class GatedContent(Notes notes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("first"u8.ToArray());
            await stream.FlushAsync();
            await notes.Gate("first bytes").Task;
            await stream.WriteAsync("second"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
