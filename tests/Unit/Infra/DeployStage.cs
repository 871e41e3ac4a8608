using System.Diagnostics;

namespace TlsOrLink.Tests.Unit.Infra;

/// <summary>What one run of <c>infra/deploy.sh</c> did.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Text">What it printed.</param>
/// <param name="Log">Every call with its arguments and the secrets it was given.</param>
/// <param name="Calls">The calls without their options.</param>
internal sealed record DeployRun(int Code, string Text, string Log, IReadOnlyList<string> Calls);

/// <summary>A PATH whose az, azd, dotnet, zip and openssl only note that they were called.</summary>
internal sealed class DeployStage : IDisposable
{
    private const string StandIn = """
        #!/usr/bin/env bash
        printf '%s %s\nsecrets=%s\n' "$(basename "$0")" "$*" "${TLSORLINK_SECRETS:-}" >>"$STAGE/log"
        case "$(basename "$0") $*" in
          'az resource list'*) [[ $STAGE_VAULT ]] && echo /vault; exit 0 ;;
          'az deployment sub create'*) cat "$STAGE/outputs.json" ;;
          'az functionapp list'*) echo try-app ;;
          'openssl rand'*) echo a-random-key ;;
          'dotnet restore'*) exit "${STAGE_RESTORE_CODE:-0}" ;;
          'dotnet publish'*) mkdir -p "${!#}"; exit "${STAGE_DOTNET_CODE:-0}" ;;
          'zip '*) : >"$2" ;;
        esac
        """;

    private const string Outputs = """
        {
          "APP_HOST": {
            "type": "String",
            "value": "try-app.host.example"
          },
          "APP_NAME": {
            "type": "String",
            "value": "try-app"
          },
          "AZURE_RESOURCE_GROUP": {
            "type": "String",
            "value": "try-rg"
          },
          "LINK_HOST_VERIFICATION": {
            "type": "String",
            "value": "0123"
          },
          "OUTBOUND_ADDRESS": {
            "type": "String",
            "value": "203.0.113.7"
          }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("deploy-").FullName;

    public DeployStage()
    {
        foreach (var name in (string[])["az", "azd", "dotnet", "zip", "openssl"])
        {
            var file = Path.Combine(_folder, name);
            File.WriteAllText(file, StandIn);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.WriteAllText(Path.Combine(_folder, "outputs.json"), Outputs);
    }

    /// <summary>The vault is there already, with its key.</summary>
    public bool HasVault { get; set; }

    public Dictionary<string, string> Environment { get; } =
        new(StringComparer.Ordinal)
        {
            ["AZURE_ENV_NAME"] = "try",
            ["TLSORLINK_LINK_HOST"] = "files.sender.example",
            ["TLSORLINK_COMPANY"] = "Sender",
            ["TLSORLINK_EHLO_NAME"] = "mx.sender.example",
        };

    public async Task<DeployRun> RunAsync(params string[] arguments)
    {
        var log = Path.Combine(_folder, "log");
        await File.WriteAllTextAsync(log, "");
        var start = new ProcessStartInfo("bash", [Path.Combine(Bicep.Folder, "deploy.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder}:{System.Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["STAGE"] = _folder;
        start.Environment["STAGE_VAULT"] = HasVault ? "yes" : "";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var noted = await File.ReadAllTextAsync(log);
        return new DeployRun(process.ExitCode, await output + await complaints, noted, Calls(noted));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<string> Calls(string log) =>
        [
            .. log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith("secrets=", StringComparison.Ordinal))
                .Where(line => !line.StartsWith("openssl", StringComparison.Ordinal))
                .Select(line =>
                    line.StartsWith("zip", StringComparison.Ordinal) ? "zip -qr" : line.Split(" --")[0].Split(" /")[0]
                ),
        ];
}
