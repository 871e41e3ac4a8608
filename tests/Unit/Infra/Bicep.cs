using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace TlsOrLink.Tests.Unit.Infra;

/// <summary>The Bicep command line, as the package brings it.</summary>
internal static class Bicep
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["TLSORLINK_LINK_HOST"] = "files.sender.example",
        ["TLSORLINK_COMPANY"] = "Sender",
        ["TLSORLINK_EHLO_NAME"] = "mx.sender.example",
        // It extracts its .NET parts to the home folder otherwise.
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
    };

    private static readonly Lazy<Task<string>> Compiled = new(() => ReadAsync("build", "main.bicep"));

    public static string Folder { get; } = Path.Combine(Root(), "infra");

    /// <summary>The compiled template, each time a copy of its own.</summary>
    public static async Task<JsonObject> TemplateAsync() => JsonNode.Parse(await Compiled.Value)!.AsObject();

    /// <summary>The parameters as JSON.</summary>
    public static async Task<JsonObject> ParametersAsync() =>
        JsonNode.Parse(await ReadAsync("build-params", "main.bicepparam"))!.AsObject();

    /// <summary>Runs a command on a file of <c>infra/</c>.</summary>
    /// <returns>What it printed to standard output and to standard error, and its exit code.</returns>
    public static async Task<(string Output, string Complaints, int Code)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program(), arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Parameters)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output, await complaints, process.ExitCode);
    }

    private static async Task<string> ReadAsync(string command, string file)
    {
        var (output, complaints, code) = await RunAsync(command, file, "--stdout");
        complaints.ShouldBeEmpty($"'bicep {command} infra/{file}' must print nothing");
        code.ShouldBe(0);
        if (command != "build-params")
        {
            return output;
        }

        return JsonNode.Parse(output)!["parametersJson"]!.GetValue<string>();
    }

    private static string Program()
    {
        var program = typeof(Bicep)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Bicep")
            .Value!;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        }

        return program;
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
