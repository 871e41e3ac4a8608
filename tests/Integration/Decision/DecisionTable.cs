using System.Net;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Certificates;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>Collects the rows of the table with their servers and zones, and reads off the servers what they got.</summary>
internal sealed class DecisionTable(TestWorld world)
{
    private readonly Dictionary<string, MailFlavour> _flavours = new(StringComparer.Ordinal);
    private readonly List<Func<Zone>> _zones = [];
    private readonly Dictionary<string, ScriptedSmtp> _scripted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeSmtp> _node = new(StringComparer.Ordinal);
    private Dictionary<string, PostfixServer> _postfix = new(StringComparer.Ordinal);

    public List<DecisionRow> Rows { get; } = [];

    public TestWorld World => world;

    /// <summary>A domain whose host is a Postfix.</summary>
    public DecisionTable Postfix(
        DecisionRow row,
        MailFlavour flavour,
        ZoneSecurity security = ZoneSecurity.Unsigned,
        params string[] records
    )
    {
        _flavours[$"mx.{row.Domain}"] = flavour;
        return Add(row, () => Mail(row, _postfix[$"mx.{row.Domain}"].Address, security, records));
    }

    /// <summary>A domain with two hosts, both a Postfix.</summary>
    public DecisionTable TwoPostfix(DecisionRow row, MailFlavour first, MailFlavour second)
    {
        (_flavours[$"mx.{row.Domain}"], _flavours[$"mx2.{row.Domain}"]) = (first, second);
        return Add(
            row,
            () =>
                Mail(
                    row,
                    _postfix[$"mx.{row.Domain}"].Address,
                    ZoneSecurity.Unsigned,
                    ["@ MX 20 mx2", Zone.Host("mx2", _postfix[$"mx2.{row.Domain}"].Address)]
                )
        );
    }

    /// <summary>A domain whose host does what the script of each connection says.</summary>
    public DecisionTable Scripted(
        DecisionRow row,
        Func<int, SmtpScript> script,
        ZoneSecurity security = ZoneSecurity.Unsigned,
        params string[] records
    )
    {
        var server = world.StartScripted($"mx.{row.Domain}");
        (server.Script, _scripted[row.Domain]) = (script, server);
        return Add(row, () => Mail(row, server.Address, security, records));
    }

    /// <summary>A domain whose host is npm's smtp-server.</summary>
    public async Task NodeAsync(
        DecisionRow row,
        NodeSmtpWish wish,
        ZoneSecurity security = ZoneSecurity.Unsigned,
        params string[] records
    )
    {
        var server = _node[row.Domain] = await world.StartNodeAsync($"mx.{row.Domain}", wish);
        Add(row, () => Mail(row, server.Address, security, records));
    }

    /// <summary>A domain that is nothing but its records.</summary>
    public DecisionTable Records(DecisionRow row, params string[] records) =>
        Add(row, () => new Zone(row.Domain, records));

    /// <summary>A domain that is not there.</summary>
    public DecisionTable Nothing(DecisionRow row) => Add(row, zone: null);

    /// <summary>A signed domain of which the TLSA records alone are bogus.</summary>
    public DecisionTable BogusTlsa(DecisionRow row, string tlsa)
    {
        _flavours[$"mx.{row.Domain}"] = MailFlavour.Good;
        return Add(
            row,
            () =>
                Mail(row, _postfix[$"mx.{row.Domain}"].Address, ZoneSecurity.Bogus, [tlsa]) with
                {
                    BogusTypes = ["TLSA"],
                }
        );
    }

    /// <summary>Starts what is missing.</summary>
    public async Task StartAsync()
    {
        var servers = await (await world.Postfix).AddAsync(_flavours);
        _postfix = servers.ToDictionary(s => s.HostName, StringComparer.Ordinal);
        await (await world.Dns).SetAsync([.. _zones.Select(zone => zone())]);
    }

    /// <summary>Where the servers of a row listen.</summary>
    public IEnumerable<IPAddress> AddressesOf(DecisionRow row) =>
        [
            .. _postfix.Values.Where(s => IsOf(s.HostName, row)).Select(s => s.Address),
            .. _scripted.Values.Where(s => IsOf(s.HostName, row)).Select(s => s.Address),
            .. _node.Values.Where(s => IsOf(s.HostName, row)).Select(s => s.Address),
        ];

    /// <summary>Waits until the servers' records have what the recipients were given: Postfix delivers some time after its 250.</summary>
    public Task WaitForMailAsync(IEnumerable<SeenRecipient> recipients)
    {
        var rows = Rows.IntersectBy(recipients.Select(r => r.Domain), row => row.Domain).ToList();
        return Eventually.GetAsync(async () =>
        {
            foreach (var row in rows)
            {
                if (await MailsBegunAsync(row) == 0 || (await ReceivedAsync(row)).Length == 0)
                {
                    return null;
                }
            }

            return "";
        });
    }

    /// <summary>All that the servers of a row say that they got, deciphered.</summary>
    public async Task<string> ReceivedAsync(DecisionRow row) =>
        string.Concat(
            (await world.Postfix)
                .GetMail()
                .Where(mail => mail.Recipient == row.Recipient)
                .Select(mail => mail.Text)
                .Concat(_node.TryGetValue(row.Domain, out var node) ? node.Messages.Select(m => m.Text) : [])
                .Concat(
                    _scripted.TryGetValue(row.Domain, out var scripted)
                        ? scripted.Connections.Select(c => c.Clear + c.UnderTls)
                        : []
                )
        );

    /// <summary>How many mails a row's servers were begun to be given, taken or not.</summary>
    public async Task<int> MailsBegunAsync(DecisionRow row) =>
        _scripted.ContainsKey(row.Domain) ? (await ReceivedAsync(row)).Split("MAIL FROM:").Length - 1
        : _node.TryGetValue(row.Domain, out var node) ? node.Messages.Count
        : _postfix.Values.Where(s => IsOf(s.HostName, row)).Sum(s => s.Sessions.Sum(session => session.Mails));

    /// <summary>A TLSA record of host <c>mx</c>, for port 25, which the app asks for, and for the port that really serves.</summary>
    public string Tlsa(int usage, int selector, int matching, string hex) =>
        string.Join(
            '\n',
            new[] { 25, world.Loopback.Port }.Select(p => Zone.Tlsa(p, "mx", usage, selector, matching, hex))
        );

    /// <summary>DANE-EE of a server's key.</summary>
    public string TlsaOf(ServerCertificate certificate) => Tlsa(3, 1, 1, certificate.KeySha256);

    /// <summary>No script plays its server.</summary>
    public bool IsReal(DecisionRow row) => !_scripted.ContainsKey(row.Domain);

    private static bool IsOf(string host, DecisionRow row) => host.EndsWith($".{row.Domain}", StringComparison.Ordinal);

    private static Zone Mail(DecisionRow row, IPAddress address, ZoneSecurity security, string[] records) =>
        new(row.Domain, [.. Zone.Mail(row.Domain, address).Records, .. records]) { Security = security };

    private DecisionTable Add(DecisionRow row, Func<Zone>? zone)
    {
        if (zone is not null)
        {
            _zones.Add(zone);
        }

        Rows.Add(row);
        return this;
    }
}
