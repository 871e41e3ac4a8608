using System.Text;
using System.Text.RegularExpressions;
using TlsOrLink.Functions.Contract;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>
/// Every <c>curl</c> in docs/api.md does what the document says. What an example needs is named in the line above its fence, and made by
/// <see cref="VariablesAsync"/>; the statuses stand behind the commands, and without them each must succeed.
/// </summary>
public sealed class DocExampleTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static readonly IReadOnlyList<DocExample> Examples = DocExample.Of("docs/api.md");

    [Fact]
    public async Task Every_example_is_answered_as_the_document_says()
    {
        var run = new CurlRun(world.World.Folder.Folder("examples"), world.App.Client.BaseAddress!);
        var wrong = new StringBuilder();
        List<CurlCall> all = [];
        foreach (var example in Examples.Where(example => example.NotRun is null))
        {
            var calls = await run.RunAsync(example.Script, await VariablesAsync(example.Needs));
            all.AddRange(calls);
            if (!IsAsSaid(example, calls))
            {
                wrong.AppendLine($"{example.Where} says {string.Join(' ', example.Statuses)}, and was answered:");
                wrong.AppendJoin('\n', calls).AppendLine();
            }
        }

        wrong.ToString().ShouldBeEmpty();
        Operations
            .All.Where(operation => !all.Any(call => IsOf(call, operation)))
            .Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}")
            .ShouldBeEmpty("give an example in docs/api.md");
    }

    [Fact]
    public void There_are_examples() => Examples.Count.ShouldBeGreaterThan(12);

    private static bool IsAsSaid(DocExample example, IReadOnlyList<CurlCall> calls) =>
        example.Statuses.Count == 0
            ? calls.Count > 0 && calls.All(call => call.Status is >= 200 and < 300)
            : calls.Select(call => call.Status).SequenceEqual(example.Statuses);

    private static bool IsOf(CurlCall call, Operation operation) =>
        call.Method == operation.Method
        && Regex.IsMatch(call.Path, $"^{Regex.Replace(operation.Path, @"\{\w+\}", "[^/]+")}$")
        && !(
            operation.Path.EndsWith("{id}", StringComparison.Ordinal)
            && call.Path.EndsWith("/search", StringComparison.Ordinal)
        );

    /// <summary>Makes what an example needs.</summary>
    private async Task<Dictionary<string, string>> VariablesAsync(string needs)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KEY"] = world.Key,
            // Storage has a certificate of the world's authority.
            ["CURL_CA_BUNDLE"] = world.World.Folder.File("tls", "authority.pem"),
        };
        switch (needs)
        {
            case "":
                break;
            case "held":
                variables["ID"] = (await world.Sender.PostAsync(new { hold = "manual" }, "taro@partner.example")).Id;
                break;
            case "approval":
                variables["ID"] = (await world.Clerk.PostAsync(null, "taro@partner.example")).Id;
                variables["KEY"] = "desk-key";
                break;
            case "linked":
                (variables["ID"], variables["LINK"], variables["TOKEN"]) = await world.LinkedAsync();
                break;
            default:
                throw new InvalidOperationException($"Say in {nameof(VariablesAsync)} what '{needs}' needs.");
        }

        return variables;
    }
}
