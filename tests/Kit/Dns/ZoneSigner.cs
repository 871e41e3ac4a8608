using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Dns;

/// <summary>Signs zones with ldns; a zone keeps its keys, so that signing it anew needs no new trust anchor.</summary>
internal sealed partial class ZoneSigner(TempFolder folder)
{
    private readonly ConcurrentDictionary<string, Task<Keys>> _keys = new(StringComparer.Ordinal);
    private readonly string _folder = folder.Folder("dns");

    /// <summary>Writes the signed zone and says what the resolver is to trust for it.</summary>
    public async Task<SignedZone> SignAsync(Zone zone)
    {
        var keys = await _keys.GetOrAdd(zone.Name, NewKeysAsync);
        var file = Path.Combine(_folder, $"{zone.Name}.zone");
        await File.WriteAllTextAsync(file, zone.File);
        var (from, until) = ($"{DateTime.UtcNow.AddDays(-2):yyyyMMdd}", $"{DateTime.UtcNow.AddDays(30):yyyyMMdd}");
        await Child.RunAsync(_folder, "ldns-signzone", "-i", from, "-e", until, file, keys.Zone, keys.Key);
        if (zone.Security == ZoneSecurity.Bogus)
        {
            var altered = (await File.ReadAllLinesAsync($"{file}.signed")).Select(line => Alter(zone, line));
            await File.WriteAllLinesAsync($"{file}.signed", altered);
        }

        var trusted = zone.Security == ZoneSecurity.WrongKey ? keys.Other : keys.Key;
        return new SignedZone(zone.Name, $"{file}.signed", Path.Combine(_folder, $"{trusted}.key"));
    }

    /// <summary>Turns over one bit of the signature.</summary>
    private static string Alter(Zone zone, string line) =>
        Signature().Match(line) is { Success: true } found && zone.BogusTypes.Contains(found.Groups["type"].Value)
            ? line[..^4] + (line[^4] == 'A' ? 'B' : 'A') + line[^3..]
            : line;

    private async Task<Keys> NewKeysAsync(string zone) =>
        new(await NewKeyAsync(zone), await NewKeyAsync(zone, "-k"), await NewKeyAsync(zone, "-k"));

    private async Task<string> NewKeyAsync(string zone, params string[] kind) =>
        (await Child.RunAsync(_folder, ["ldns-keygen", "-a", "ECDSAP256SHA256", .. kind, zone])).Trim();

    [GeneratedRegex(@"\tRRSIG\t(?<type>\w+) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Signature();

    /// <summary>The names of a zone's keys: signs the zone, signs the keys, signs nothing.</summary>
    private sealed record Keys(string Zone, string Key, string Other);
}

/// <summary>A zone as the resolver loads it.</summary>
internal sealed record SignedZone(string Name, string ZoneFile, string AnchorFile);
