using System.Net;
using System.Text;
using TlsOrLink.Functions.Contract;
using TlsOrLink.Tests.Kit.Contract;

namespace TlsOrLink.Tests.Unit.Contract;

/// <summary>The watch over answers finds what it is there to find.</summary>
public sealed class ContractWatchTests
{
    private const string Problem = "application/problem+json";
    private const string Json = "application/json";
    private const string NotFound =
        """{ "type": "not-found", "title": "x", "status": 404, "detail": "x", "errors": { "id": ["x"] } }""";
    private const string Made =
        """{ "id": "a", "url": "https://x.example", "events": [], "includeAddresses": true, "createdAt": "2026-01-09T01:02:03+00:00", "secret": "x" }""";

    private readonly ContractWatch watch = new(new ContractDocument(OpenApi.Write(Operations.All)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/subscriptions/a", 418, Problem, NotFound, "does not document this status")]
    [InlineData("GET", "/api/subscriptions/a", 404, Json, NotFound, "media type")]
    [InlineData("GET", "/api/subscriptions/a", 404, Problem, "{", "no JSON")]
    [InlineData("GET", "/api/subscriptions/a", 404, Problem, "{}", "type")]
    [InlineData("GET", "/api/subscriptions", 200, Json, """{ "subscriptions": {} }""", "/subscriptions")]
    [InlineData("GET", "/api/subscriptions", 200, Json, """{ "subscriptions": [], "more": 1 }""", "/more")]
    [InlineData("GET", "/api/subscriptions", 200, Json, """{ "subscriptions": [{}] }""", "/subscriptions/0")]
    [InlineData("DELETE", "/api/subscriptions/a", 204, Json, "{}", "no body is documented")]
    [InlineData("POST", "/api/subscriptions", 201, Json, Made, "lacks the header Location")]
    [InlineData("POST", "/api/subscriptions", 201, Json, Made, "Location", "Location: /relative")]
    [InlineData("GET", "/api/subscriptions/a", 404, Problem, NotFound, "not documented", "Retry-After: 5")]
    [InlineData("GET", "/api/nothing", 404, Problem, NotFound, "no operation is documented")]
    [InlineData("PATCH", "/api/subscriptions/a", 404, Problem, NotFound, "no operation is documented")]
    public async Task An_answer_that_is_not_documented_fails_who_gets_it(
        string method,
        string path,
        int status,
        string type,
        string body,
        string why,
        string? header = null
    )
    {
        var fault = await Should.ThrowAsync<ContractFault>(() => AskAsync(method, path, status, type, body, header));

        fault.Message.ShouldContain(why);
        watch.Faults.ShouldHaveSingleItem().ShouldBe(fault.Message);
        watch.Unseen.Count.ShouldBe(Documented);
    }

    [Theory]
    [InlineData("\"status\": 404", "\"status\": \"404\"")]
    [InlineData("not-found", "gone")]
    [InlineData("[\"x\"]", "\"x\"")]
    [InlineData("\"title\"", "\"titel\"")]
    public async Task A_problem_that_is_another_is_wrong(string right, string wrong) =>
        await Should.ThrowAsync<ContractFault>(() =>
            AskAsync(
                "GET",
                "/api/subscriptions/a",
                404,
                Problem,
                NotFound.Replace(right, wrong, StringComparison.Ordinal)
            )
        );

    [Theory]
    [InlineData("2026-01-09T01:02:03+00:00", "yesterday")]
    [InlineData("true", "null")]
    [InlineData("[]", "[1]")]
    public async Task A_value_that_is_of_another_kind_is_wrong(string right, string wrong) =>
        await Should.ThrowAsync<ContractFault>(() =>
            AskAsync(
                "POST",
                "/api/subscriptions",
                201,
                Json,
                Made.Replace(right, wrong, StringComparison.Ordinal),
                Location
            )
        );

    [Theory]
    [InlineData("GET", "/api/subscriptions/a", 404, Problem, NotFound, "GetSubscription 404 not-found")]
    [InlineData("DELETE", "/api/subscriptions/a", 204, null, null, "DeleteSubscription 204")]
    [InlineData("POST", "/api/subscriptions", 201, Json, Made, "PostSubscription 201 application/json")]
    public async Task What_is_documented_has_been_seen_then(
        string method,
        string path,
        int status,
        string? type,
        string? body,
        string seen
    )
    {
        watch.Unseen.Select(answer => $"{answer}").ShouldContain(seen);

        await AskAsync(method, path, status, type, body, status == 201 ? Location : null);

        watch.Unseen.Select(answer => $"{answer}").ShouldNotContain(seen);
        watch.Unseen.Count.ShouldBe(Documented - 1);
        watch.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_to_HEAD_is_held_to_its_status_and_shows_no_body()
    {
        await AskAsync("HEAD", "/api/subscriptions", 200, Json, body: null);
        await Should.ThrowAsync<ContractFault>(() => AskAsync("HEAD", "/api/subscriptions", 418, Json, body: null));

        watch.Unseen.Count.ShouldBe(Documented);
    }

    [Fact]
    public async Task Pages_and_what_a_test_leaves_out_are_not_its_matter()
    {
        await AskAsync("GET", "/d/token", 418, "text/html", "");
        await AskAsync("GET", "/api/nothing", 404, type: null, body: null, leavesOut: true);

        watch.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void A_contract_that_says_more_wants_more_to_be_seen()
    {
        var more = OpenApi.Write(Operations.All);
        var responses = more["paths"]!["/api/passphrases"]!["put"]!["responses"]!.AsObject();
        responses["410"] = responses["400"]!.DeepClone();

        new ContractWatch(new ContractDocument(more))
            .Unseen.Select(answer => $"{answer}")
            .ShouldContain("PutPassphrase 410 invalid-passphrase");
    }

    private const string Location = "Location: https://x.example/api/subscriptions/a";

    private static int Documented { get; } = new ContractDocument(OpenApi.Write(Operations.All)).Answers.Count();

    private async Task AskAsync(
        string method,
        string path,
        int status,
        string? type,
        string? body,
        string? header = null,
        bool leavesOut = false
    )
    {
        using var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? "")),
        };
        answer.Content.Headers.ContentType = type is null ? null : new(type);
        if (header?.Split(": ") is [var name, var value])
        {
            answer.Headers.Add(name, value);
        }

        using var client = new HttpClient(watch.Over(new Says(answer)));
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"http://app.example{path}?q=1");
        if (leavesOut)
        {
            ContractWatch.LeaveOut(request);
        }

        using var _ = await client.SendAsync(request, Cancellation);
    }

    private sealed class Says(HttpResponseMessage answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(answer);
    }
}
