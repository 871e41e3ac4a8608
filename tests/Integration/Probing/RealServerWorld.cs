using System.Net;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.MtaSts;

namespace TlsOrLink.Tests.Integration.Probing;

/// <summary>Collects the rows of the table with their servers and zones.</summary>
internal sealed class RealServerWorld(TestWorld world) : IAsyncDisposable
{
    private readonly Dictionary<string, MailFlavour> _postfix = new(StringComparer.Ordinal);
    private readonly List<Func<IReadOnlyDictionary<string, IPAddress>, Zone>> _zones = [];
    private readonly List<ScriptedPeer> _peers = [];

    public List<RealServerRow> Rows { get; } = [];

    /// <summary>A domain whose host is a Postfix.</summary>
    public RealServerWorld Postfix(
        RealServerRow row,
        MailFlavour flavour,
        ZoneSecurity security = ZoneSecurity.Unsigned,
        params string[] records
    )
    {
        var host = $"mx.{row.Domain}";
        _postfix[host] = flavour;
        _zones.Add(addresses => Mail(row.Domain, addresses[host], security, records));
        Rows.Add(row);
        return this;
    }

    /// <summary>A domain whose host does what a script says.</summary>
    public RealServerWorld Scripted(
        RealServerRow row,
        Func<PeerConversation, Task> script,
        ZoneSecurity security = ZoneSecurity.Unsigned,
        params string[] records
    )
    {
        var peer = new ScriptedPeer(script, world.Loopback.NextAddress(), world.Loopback.Port);
        _peers.Add(peer);
        _zones.Add(_ => Mail(row.Domain, peer.Address, security, records));
        Rows.Add(row);
        return this;
    }

    /// <summary>A domain that is nothing but its zone.</summary>
    public RealServerWorld Zone(RealServerRow row, params string[] records)
    {
        if (records.Length > 0)
        {
            _zones.Add(_ => new Zone(row.Domain, records));
        }

        Rows.Add(row);
        return this;
    }

    /// <summary>A zone whose TLSA records alone are bogus.</summary>
    public RealServerWorld BogusTlsa(RealServerRow row)
    {
        _postfix[$"mx.{row.Domain}"] = MailFlavour.Good;
        _zones.Add(addresses =>
            Mail(
                row.Domain,
                addresses[$"mx.{row.Domain}"],
                ZoneSecurity.Bogus,
                [TlsaOf(world.Authority.Certificate.RawData)]
            ) with
            {
                BogusTypes = ["TLSA"],
            }
        );
        Rows.Add(row);
        return this;
    }

    /// <summary>DANE-TA of a certificate as a whole, by SHA-256.</summary>
    public static string TlsaOf(byte[] anchor) =>
        Kit.Dns.Zone.Tlsa(25, "mx", 2, 0, 1, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(anchor)));

    /// <summary>DANE-EE of a server's key.</summary>
    public static string TlsaOf(ServerCertificate certificate) =>
        Kit.Dns.Zone.Tlsa(25, "mx", 3, 1, 1, certificate.KeySha256);

    /// <summary>Starts what is missing and gives the rooms under test.</summary>
    public async Task<ClientWorld> StartAsync()
    {
        var servers = await (await world.Postfix).AddAsync(_postfix);
        var addresses = servers.ToDictionary(
            server => server.HostName,
            server => server.Address,
            StringComparer.Ordinal
        );
        var dns = await world.Dns;
        await dns.SetAsync([.. _zones.Select(zone => zone(addresses))]);
        PolicyServer policies = await world.Policies;
        return new ClientWorld(
            world.Loopback.Port,
            null,
            world.Authority,
            ("Dns:Servers:0", dns.EndPoint.ToString()),
            ("Dns:Validating", "true"),
            ("Smtp:ProbeDeadline", "00:00:08"),
            ("MtaSts:Port", $"{policies.Port}")
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }
    }

    private static Zone Mail(string domain, IPAddress address, ZoneSecurity security, string[] records) =>
        new(domain, [.. Kit.Dns.Zone.Mail(domain, address).Records, .. records]) { Security = security };
}
