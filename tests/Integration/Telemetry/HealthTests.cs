using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.App;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Telemetry;

public sealed class HealthTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task Shows_each_dependency_to_operators_and_one_word_to_anyone()
    {
        var app = await world.StartAppAsync([("Callers__0__Roles__1", "operator")]);

        var shown = await ReadAsync(await new MessageApi(app).GetAsync("/health"));
        var word = await ReadAsync(await new MessageApi(app) { Key = null }.GetAsync("/health"));

        var dependencies = shown.GetProperty("dependencies");
        foreach (var name in (string[])["state-storage", "content-storage", "download-signing", "dns"])
        {
            dependencies.GetProperty(name).GetProperty("status").GetString().ShouldBe("ok", name);
        }

        var port = dependencies.GetProperty("port-25");
        port.GetProperty("status").GetString().ShouldBe("unknown");
        port.GetProperty("remedy").GetString().ShouldNotBeNull().ShouldContain("Probing:Canaries");
        var ehlo = dependencies.GetProperty("ehlo-name");
        ehlo.GetProperty("status").GetString().ShouldBe("degraded", "nobody published an address of the name");
        ehlo.GetProperty("remedy").GetString().ShouldNotBeNull().ShouldContain("PTR");
        word.EnumerateObject().Select(property => property.Name).ShouldBe(["status"]);
    }

    [Fact]
    public async Task Answers_503_with_the_remedy_while_storage_is_away()
    {
        var app = await world.StartAppAsync([("Callers__0__Roles__1", "operator"), ("Storage__Tries", "1")]);
        using var away = (await world.Storage).FailWhen(
            call => call.Service == StorageService.Table,
            StorageFault.Unavailable
        );

        using var answer = await WaitForAsync(app, HttpStatusCode.ServiceUnavailable);

        var shown = await ReadAsync(answer);
        shown.GetProperty("status").GetString().ShouldBe("failing");
        var storage = shown.GetProperty("dependencies").GetProperty("state-storage");
        storage.GetProperty("status").GetString().ShouldBe("failing");
        storage.GetProperty("remedy").GetString().ShouldNotBeNull().ShouldContain("Storage Table Data Contributor");
        using var word = await new MessageApi(app) { Key = null }.GetAsync("/health");
        word.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        word.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        (await word.Content.ReadAsStringAsync()).ShouldBe("""{"status":"failing"}""");
    }

    private static async Task<HttpResponseMessage> WaitForAsync(AppProcess app, HttpStatusCode status)
    {
        var api = new MessageApi(app);
        return await Eventually.GetAsync(
            async () =>
            {
                var answer = await api.GetAsync("/health");
                if (answer.StatusCode == status)
                {
                    return answer;
                }

                answer.Dispose();
                return null;
            },
            Eventually.Patience,
            () => app.Output
        );
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
