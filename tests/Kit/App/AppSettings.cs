using System.Net;
using System.Security.Cryptography;
using System.Text;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.App;

/// <summary>The settings of an app in a world, as environment variables.</summary>
internal static class AppSettings
{
    /// <summary>The key of the one caller of every world's app.</summary>
    public const string CallerKey = "kit-caller-key-4c9a";

    /// <summary>The key of every world's audit trails.</summary>
    public static readonly string ChainKey = Convert.ToBase64String(SHA256.HashData("chain"u8));

    public static async Task<Dictionary<string, string>> ForAsync(TestWorld world)
    {
        var (storage, identity) = (await world.Storage, await world.Identity);
        return new Dictionary<string, string>([.. await WithoutStorageAsync(world), .. identity.Environment])
        {
            ["Storage__StateTableUri"] = storage.TableUri.ToString(),
            ["Storage__ContentBlobUri"] = storage.BlobUri.ToString(),
        };
    }

    /// <summary>All settings but those that say where storage is.</summary>
    public static async Task<Dictionary<string, string>> WithoutStorageAsync(TestWorld world)
    {
        var address =
            $"http://127.0.0.1:{Loopback.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        var trusted = world.Folder.File("tls", "authority.pem");
        await File.WriteAllTextAsync(trusted, world.Authority.Pem);
        return new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address,
            ["SSL_CERT_FILE"] = trusted,
            ["SSL_CERT_DIR"] = world.Folder.Folder("tls", "none"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["Embedded__Database"] = world.Folder.File("app", $"{Guid.NewGuid():n}.db"),
            ["Storage__HashKey"] = Convert.ToBase64String(SHA256.HashData("kit"u8)),
            ["Events__ChainKey"] = ChainKey,
            ["Dns__Servers__0"] = (await world.Dns).EndPoint.ToString(),
            ["Dns__Validating"] = "true",
            ["Smtp__Port"] = Text(world.Loopback.Port),
            ["Smtp__OpenRanges__0"] = "127.0.0.0/8",
            ["Smtp__OpenRanges__1"] = $"{IPAddress.IPv6Loopback}/128",
            ["Smtp__TrustBundle"] = trusted,
            ["MtaSts__Port"] = Text((await world.Policies).Port),
            ["Sending__EhloName"] = "sender.example",
            ["Links__Host"] = "https://links.sender.example",
            ["Links__CompanyName"] = "Kit Trading",
            ["Callers__0__Name"] = "kit",
            ["Callers__0__KeyHash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CallerKey))),
            ["Callers__0__Roles__0"] = "sender",
            ["Callers__0__Senders__0"] = "*@sender.example",
        };
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
