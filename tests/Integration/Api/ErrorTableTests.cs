using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>
/// Every row of the error table of the HTTP API, over HTTP. Storage away, a caller's rate and an idempotency conflict need more than one
/// request: they are the facts below, and in <c>RefusalTests</c>.
/// </summary>
public sealed class ErrorTableTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private const string PathOfIntake = "/api/messages";

    [Fact]
    public async Task Every_row_is_answered_with_its_status_slug_path_and_remedy_in_both_languages()
    {
        var before = await IdsAsync();
        var wrong = new StringBuilder();
        foreach (var row in ErrorTable.Rows)
        {
            foreach (var language in (string[])["en", "ja"])
            {
                using var answer = await SendAsync(row, language);
                var text = await answer.Content.ReadAsStringAsync();
                if (!IsAsSaid(row, answer, text, language))
                {
                    wrong.AppendLine($"{row} ({language}): {(int)answer.StatusCode} {text}");
                }
            }
        }

        wrong.ToString().ShouldBeEmpty();
        (await IdsAsync()).ShouldBe(before, "nothing is kept of what is refused");
    }

    [Fact]
    public async Task A_length_over_the_limit_is_413_before_a_byte_of_the_body_is_sent()
    {
        var answer = await HalfRequest.SendAsync(world, "Content-Type: application/json\r\nContent-Length: 300000");

        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("message-too-large");
    }

    [Fact]
    public async Task A_body_that_turns_out_to_be_over_the_limit_is_413()
    {
        using var request = New("en");
        request.Content = new StreamContent(
            new MemoryStream(
                Encoding.ASCII.GetBytes(
                    $$"""{"sender":"hanako@sender.example","body":{"text":"{{new string('x', 300_000)}}"} }"""
                )
            )
        );
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/json");
        using var large = await world.App.Client.SendAsync(request);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_409_and_with_the_same_body_the_same_message()
    {
        var (first, again, other) = (
            await KeyedAsync("""{ "subject": "one", "recipients": "taro@partner.example" }"""),
            await KeyedAsync("""{ "recipients": ["taro@partner.example"], "subject": "one" }"""),
            await KeyedAsync("""{ "subject": "two" }""")
        );

        (first.Status, again.Status).ShouldBe((202, 202));
        ((string)again.Body["id"]!).ShouldBe((string)first.Body["id"]!);
        (other.Status, (string)other.Body["type"]!).ShouldBe((409, "idempotency-conflict"));
    }

    [Theory]
    [InlineData(
        """{ "attachments": [{ "Name": "a.txt", "ContentBytes": "SGVsbG8=" }], "recipients": "Taro <taro@partner.example>; jiro@other.example;" }"""
    )]
    [InlineData(
        """{ "options": { "hold": "manual" }, "attachments": [{ "contentBytes": "SGVsbG8=", "NAME": "a.txt", "IsInline": false }], "body": { "html": "<p>x</p>" } }"""
    )]
    [InlineData(
        """{ "subject": "x\ty", "recipients": { "to": "taro@partner.example", "bcc": ["jiro@other.example"] } }"""
    )]
    public async Task What_is_right_is_taken_in_any_order_of_fields_and_either_case(string members)
    {
        using var request = New("en");
        request.Content = ErrorRow.Json(members)();
        using var answer = await world.App.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.IsAbsoluteUri.ShouldBeTrue();
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Where_we_are_told_stays_the_callers_own_host_whatever_a_proxy_header_says()
    {
        using var request = New("en");
        request.Content = ErrorRow.Json("{}")();
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Forwarded", "host=evil.example;proto=https");
        using var answer = await world.App.Client.SendAsync(request);

        var (location, host) = (answer.Headers.Location!, world.App.Client.BaseAddress!);
        (location.Scheme, location.Host, location.Port).ShouldBe(("https", host.Host, host.Port));
    }

    [Theory]
    [InlineData("/api/messages")]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/message-rules")]
    [InlineData("/verify")]
    [InlineData("/health")]
    public async Task What_answers_GET_answers_HEAD_with_no_body(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        request.Headers.Add("x-functions-key", world.Key);
        using var answer = await world.App.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    private static bool IsAsSaid(ErrorRow row, HttpResponseMessage answer, string text, string language)
    {
        if (
            (int)answer.StatusCode != row.Status
            || answer.Content.Headers.ContentType?.MediaType != "application/problem+json"
        )
        {
            return false;
        }

        var problem = JsonNode.Parse(text)!;
        var detail = (string)problem["detail"]!;
        return (string)problem["type"]! == row.Type
            && (row.Path is null || problem["errors"]!.AsObject().ContainsKey(row.Path))
            && detail.Length > 10
            && detail.Any(c => c is >= '\u3040' and <= '\u9fff') == language is "ja"
            && !detail.StartsWith("次のとおり", StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(ErrorRow row, string language)
    {
        using var request = New(language);
        request.Content = row.Content();
        foreach (var (name, value) in row.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await world.App.Client.SendAsync(request);
    }

    private async Task<(int Status, JsonNode Body)> KeyedAsync(string members)
    {
        using var request = New("en");
        request.Headers.Add("Idempotency-Key", "one-key");
        request.Content = ErrorRow.Json(members)();
        using var answer = await world.App.Client.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private async Task<IReadOnlyList<string>> IdsAsync() =>
        [
            .. (await world.Sender.GetAsync($"{PathOfIntake}?top=100"))["messages"]!
                .AsArray()
                .Select(message => (string)message!["id"]!),
        ];

    private HttpRequestMessage New(string language)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, PathOfIntake);
        request.Headers.Add("x-functions-key", world.Key);
        request.Headers.Add("Accept-Language", language);
        return request;
    }
}
