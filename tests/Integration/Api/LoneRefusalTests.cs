using System.Net;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>Refusals that few operations have, each at each of them; what more than a request is needed for is in the tests of its room.</summary>
public sealed partial class LoneRefusalTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string Json = "application/json";

    [Theory]
    [InlineData("GET", "/api/tls/domains/a..b", 400, "invalid-check")]
    [InlineData("GET", "/api/tls/domains/partner.example?refresh=maybe", 400, "invalid-check")]
    [InlineData("GET", "/api/events/days/20260109?verify=maybe", 400, "invalid-query")]
    [InlineData("GET", "/api/messages/00000000000000000000000000000000/events?verify=1", 400, "invalid-query")]
    [InlineData("GET", "/api/messages/00000000000000000000000000000000/operation?bounded=maybe", 400, "invalid-query")]
    [InlineData("GET", "/api/messages/00000000000000000000000000000000/events?verify=True", 404, "not-found")]
    [InlineData("GET", "/api/domain-rules/a..b", 400, "invalid-rule")]
    [InlineData("DELETE", "/api/domain-rules/a..b", 400, "invalid-rule")]
    [InlineData("GET", "/api/message-rules/No_Id", 400, "invalid-rule")]
    [InlineData("DELETE", "/api/message-rules/No_Id", 400, "invalid-rule")]
    [InlineData("POST", "/api/passphrases/remove", 400, "invalid-passphrase", "{}")]
    [InlineData("POST", "/api/messages/search", 400, "invalid-search", """{ "top": 0 }""")]
    [InlineData("POST", "/api/messages/search", 415, "unsupported-content-type", "{}", "text/plain")]
    public async Task A_request_that_is_wrong_is_told_so(
        string method,
        string path,
        int status,
        string slug,
        string? body = null,
        string type = Json
    ) => await RefusedAsync(method, path, body, type, status, slug);

    [Theory]
    [InlineData("/api/messages/search", 8_192, "body-too-large")]
    [InlineData("/api/tls/check", 1 << 20, "check-too-large")]
    public async Task A_body_over_its_limit_is_413(string path, int most, string slug) =>
        await RefusedAsync("POST", path, new string(' ', most + 1), Json, 413, slug);

    [Fact]
    public async Task A_link_lives_so_long_in_all_and_what_has_ended_stays_ended()
    {
        var link = (await world.LinkedAsync()).Link;
        await MergeAsync(link, "CreatedAt", DateTimeOffset.UtcNow.AddHours(-1));
        await RefusedAsync("POST", $"/api/links/{link}/extend", Hours(2232), Json, 400, "link-too-long");

        await MergeAsync(link, "ExpiresAt", DateTimeOffset.UtcNow);
        await RefusedAsync("POST", $"/api/links/{link}/extend", Hours(1), Json, 409, "link-ended");

        // As the purge leaves it.
        await MergeAsync(link, "IsTombstone", true);
        await RefusedAsync("POST", $"/api/links/{link}/revoke", body: null, Json, 409, "link-ended");
    }

    [Theory]
    [InlineData("/api/openapi.json", "openapi", "3.1.1")]
    [InlineData("/api/swagger.json", "swagger", "2.0")]
    public async Task The_contract_is_there_for_callers(string path, string member, string version)
    {
        using var answer = await SendAsync("GET", path, body: null, Json);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())![member]).ShouldBe(version);
    }

    [Fact]
    public async Task The_contract_is_a_page_for_who_is_signed_in()
    {
        using var page = await SendAsync("GET", "/api/docs", body: null, Json);
        (await page.Content.ReadAsStringAsync()).ShouldContain("POST /api/messages/send-and-wait");

        using var stranger = await world.App.Client.GetAsync("/api/docs");
        stranger.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        $"{stranger.Headers.Location}".ShouldBe("/signin?return=%2Fapi%2Fdocs");
    }

    private async Task MergeAsync(string link, string column, object value) =>
        await (await world.World.Azurite)
            .NewTableClient()
            .GetTableClient("Links")
            .UpdateEntityAsync(new TableEntity(link, "l") { [column] = value }, ETag.All, TableUpdateMode.Merge);

    private static string Hours(int hours) => $$"""{ "expiresInHours": {{hours}} }""";

    private async Task RefusedAsync(string method, string path, string? body, string type, int status, string slug)
    {
        using var answer = await SendAsync(method, path, body, type);
        await IsRefusedAsync(answer, status, slug);
    }

    private static async Task IsRefusedAsync(HttpResponseMessage answer, int status, string slug)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        ((string?)JsonNode.Parse(text)!["type"]).ShouldBe(slug);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        string? body,
        string type,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        request.Headers.Add("x-functions-key", world.Key);
        request.Content = body is null ? null : ErrorRow.Text(body, type);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await world.App.Client.SendAsync(request);
    }
}
