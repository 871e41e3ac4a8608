using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TlsOrLink.Functions.Contract;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>
/// The refusals that many operations share, provoked at each operation whose contract names them: a new operation is asked too. Those of
/// one operation alone are provoked where it is tested.
/// </summary>
public sealed class DocumentedRefusalTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static IEnumerable<Operation> Closed => Operations.All.Where(operation => !operation.IsOpen);

    [Fact]
    public Task Nobody_gets_in_without_the_key_of_a_caller() =>
        AllAsync(Closed, key: "no-such-key", 401, "caller-unknown");

    [Fact]
    public Task Who_lacks_the_role_is_told_which_it_is() =>
        AllAsync(Documented("role-missing"), "desk-key", 403, "role-missing");

    [Fact]
    public Task What_is_not_there_is_404() => AllAsync(Documented("not-found"), world.Key, 404, "not-found");

    [Fact]
    public async Task While_storage_is_away_each_operation_says_to_try_again()
    {
        // What a check knows without storage it says; its verdict is then not kept.
        var asking = Closed.Where(operation =>
            !operation.IsFree && operation.Id is not ("CheckRecipients" or "GetDomainVerdict")
        );
        using ((await world.World.Storage).FailWhen(_ => true, StorageFault.Unavailable))
        {
            await AllAsync(asking, world.Key, 503, "try-again-later");
        }
    }

    private static IEnumerable<Operation> Documented(string slug) =>
        Closed.Where(operation => operation.Refusals.Any(refusal => refusal.Slug == slug));

    [Fact]
    public Task Another_sites_page_gets_nothing_done_by_whom_the_platform_signed_in() =>
        AllAsync(
            Closed.Where(operation => operation.AllRefusals.Any(refusal => refusal.Slug == "other-origin")),
            request =>
            {
                request.Headers.Add("x-ms-client-principal", ApiWorld.Principal);
                request.Headers.Add("Sec-Fetch-Site", "cross-site");
            },
            403,
            "other-origin"
        );

    private Task AllAsync(IEnumerable<Operation> operations, string key, int status, string slug) =>
        AllAsync(operations, request => request.Headers.Add("x-functions-key", key), status, slug);

    /// <summary>Asks each operation, in a sound request of its own, and wants one answer of all of them.</summary>
    private async Task AllAsync(
        IEnumerable<Operation> operations,
        Action<HttpRequestMessage> introduce,
        int status,
        string slug
    )
    {
        var (wrong, count) = (new StringBuilder(), 0);
        foreach (var operation in operations)
        {
            using var request = New(operation);
            introduce(request);
            using var answer = await world.App.Client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            count++;
            if ((int)answer.StatusCode != status || (string?)JsonNode.Parse(text)!["type"] != slug)
            {
                wrong.AppendLine($"{operation.Id}: {(int)answer.StatusCode} {text}");
            }
            else if (status == 503)
            {
                answer.Headers.RetryAfter.ShouldNotBeNull(operation.Id);
            }
        }

        wrong.ToString().ShouldBeEmpty();
        count.ShouldBeGreaterThan(5);
    }

    private static HttpRequestMessage New(Operation operation)
    {
        var path = Regex.Replace(
            operation.Path,
            @"\{(?<name>\w+)\}",
            match =>
                match.Groups["name"].Value switch
                {
                    "domain" => "nobody.example",
                    "day" => "20260109",
                    "event" => "message.held",
                    _ when operation.Path.Contains("message-rules", StringComparison.Ordinal) => "no-such-rule",
                    "linkId" => new string('0', 64),
                    _ => new string('0', 32),
                }
        );
        var required = operation
            .Parameters.Where(one => one is { Required: true, In: "query" })
            .Select(one => $"{one.Name}=2026-01-01");
        var request = new HttpRequestMessage(
            HttpMethod.Parse(operation.Method),
            $"{path}?{string.Join('&', required)}"
        );
        if (operation.Bodies is [{ MediaType: var type, Example: var example }, ..])
        {
            request.Content = ErrorRow.Text(example, type);
        }

        return request;
    }
}
