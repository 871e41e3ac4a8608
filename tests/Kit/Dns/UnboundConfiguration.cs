using System.Text;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Kit.Dns;

/// <summary>The files that unbound reads.</summary>
internal sealed class UnboundConfiguration(TempFolder folder, int port, BrokenServers broken)
{
    private string _written = "";

    public string Folder { get; } = folder.Folder("dns");

    public string File => Path.Combine(Folder, "unbound.conf");

    public string Socket => Path.Combine(Folder, "control");

    private string RootZone => Path.Combine(Folder, "root.zone");

    /// <summary>
    /// Unsigned zones are parts of one root zone file, so that a thousand of them load at once; each other zone is a file.
    /// </summary>
    /// <returns>Whether the configuration itself changed: then unbound must read it anew, not only the zones.</returns>
    public async Task<bool> WriteAsync(IReadOnlyCollection<Zone> zones, IReadOnlyCollection<SignedZone> signed)
    {
        var root = new StringBuilder(
            "$ORIGIN .\n$TTL 300\n. SOA ns.invalid. host.invalid. 1 3600 600 86400 300\n. NS ns.invalid.\n"
        );
        foreach (var zone in zones.Where(z => z.HasData && !z.IsSigned))
        {
            root.Append(zone.Body);
        }

        await System.IO.File.WriteAllTextAsync(RootZone, root.ToString());
        var configuration = new StringBuilder(Server());
        Append(configuration, signed, zone => $"  trust-anchor-file: \"{zone.AnchorFile}\"");
        configuration.Append(Authority(".", RootZone));
        Append(configuration, signed, zone => Authority($"{zone.Name}.", zone.ZoneFile));
        Append(
            configuration,
            zones.Where(z => z.Security == ZoneSecurity.Failing),
            z => Forward(z, broken.FailingPort)
        );
        Append(configuration, zones.Where(z => z.Security == ZoneSecurity.Silent), z => Forward(z, broken.SilentPort));
        var text = configuration.ToString();
        var changed = text != _written;
        await System.IO.File.WriteAllTextAsync(File, _written = text);
        return changed;
    }

    private static void Append<T>(StringBuilder text, IEnumerable<T> parts, Func<T, string> line)
    {
        foreach (var part in parts)
        {
            text.Append(line(part)).Append('\n');
        }
    }

    private static string Forward(Zone zone, int port) =>
        $"forward-zone:\n  name: \"{zone.Name}.\"\n  forward-addr: 127.0.0.1@{port}";

    private static string Authority(string name, string file) =>
        $"""
            auth-zone:
              name: "{name}"
              zonefile: "{file}"
              for-downstream: no
              for-upstream: yes
              fallback-enabled: no

            """;

    private string Server() =>
        $"""
            remote-control:
              control-enable: yes
              control-use-cert: no
              control-interface: "{Socket}"
            server:
              directory: "{Folder}"
              chroot: ""
              username: ""
              pidfile: ""
              use-syslog: no
              verbosity: 0
              log-queries: yes
              interface: 127.0.0.1@{port}
              access-control: 127.0.0.0/8 allow
              module-config: "validator iterator"
              do-not-query-localhost: no
              qname-minimisation: no
              aggressive-nsec: no
              incoming-num-tcp: 1000
              num-queries-per-thread: 4096
              edns-buffer-size: 1232
              local-zone: "test." nodefault
              local-zone: "invalid." nodefault

            """;
}
