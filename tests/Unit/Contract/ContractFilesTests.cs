using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TlsOrLink.Functions.Contract;

namespace TlsOrLink.Tests.Unit.Contract;

/// <summary>The documents as files: the connector's, and what validators say of all three.</summary>
public sealed class ContractFilesTests
{
    /// <summary>Whoever installs the connector puts the app's own in.</summary>
    public const string Host = "tlsorlink.example.com";

    private const string Write = "TLSORLINK_WRITE_DOCS";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string ConnectorFile =>
        Path.Combine(SourceSlugs.Root(), "infra/connector/apiDefinition.swagger.json");

    [Fact]
    public async Task Connector_is_what_the_code_says()
    {
        var text = Swagger.Connector(Operations.All, Host).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            await File.WriteAllTextAsync(ConnectorFile, text, Cancellation);
        }

        (await File.ReadAllTextAsync(ConnectorFile, Cancellation)).ShouldBe(
            text,
            $"make it anew: {Write}=1 ./test --filter Connector_is_what"
        );
    }

    [Fact]
    public async Task Two_validators_find_nothing_wrong_with_the_documents()
    {
        var (code, output) = await ValidateAsync(
            OpenApi.Write(Operations.All),
            Swagger.Write(Operations.All),
            Swagger.Connector(Operations.All, Host)
        );
        code.ShouldBe(0, output);
        output.ShouldContain("3 documents, 0 refusals");
    }

    [Fact]
    public async Task Both_validators_find_what_is_wrong()
    {
        var broken = OpenApi.Write(Operations.All);
        broken["paths"]!["/api/messages"]!["post"]!["responses"]!["202"]!.AsObject().Remove("description");
        var (code, output) = await ValidateAsync(broken);
        code.ShouldBe(1, output);
        output.ShouldContain("1 documents, 2 refusals");
    }

    private static async Task<(int Code, string Output)> ValidateAsync(params JsonObject[] documents)
    {
        var folder = Directory.CreateTempSubdirectory("contract-");
        try
        {
            var node = new ProcessStartInfo("node")
            {
                WorkingDirectory = Path.Combine(SourceSlugs.Root(), "tests/Kit/node"),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            node.ArgumentList.Add("openapi.js");
            foreach (var document in documents)
            {
                var file = Path.Combine(folder.FullName, $"{node.ArgumentList.Count}.json");
                await File.WriteAllTextAsync(file, document.ToJsonString(), Cancellation);
                node.ArgumentList.Add(file);
            }

            using var process = Process.Start(node)!;
            var error = process.StandardError.ReadToEndAsync(Cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            return (process.ExitCode, output + await error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
