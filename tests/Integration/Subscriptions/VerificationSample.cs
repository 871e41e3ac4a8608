using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TlsOrLink.Tests.Kit.Web;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>The sample of <c>docs/api.md</c> that says how to verify a notification, run as a subscriber runs it.</summary>
internal static class VerificationSample
{
    private const string Begin = "```python\n";
    private const string End = "```";

    private const string Main = """


        import json, sys
        given = json.load(sys.stdin)
        print("genuine" if is_genuine(given["headers"], given["body"].encode(), given["secret"]) else "forged")
        """;

    /// <summary><c>genuine</c> or <c>forged</c>.</summary>
    public static async Task<string> RunAsync(TakenEvent taken, string secret)
    {
        var python = new ProcessStartInfo("python3", ["-c", Sample() + Main])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(python)!;
        var headers = taken.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value);
        await process.StandardInput.WriteAsync(
            JsonSerializer.Serialize(
                new
                {
                    headers,
                    body = taken.Body,
                    secret,
                }
            )
        );
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return output.Trim();
    }

    private static string Sample()
    {
        var text = File.ReadAllText(FileOf());
        var first = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var sample = text[first..text.IndexOf(End, first, StringComparison.Ordinal)];
        sample.ShouldContain("def is_genuine(");
        return sample;
    }

    private static string FileOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/api.md"));
}
