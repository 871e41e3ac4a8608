using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>Verdicts for domains that nobody has asked for, each with a host of its own, a round trip away; kept in table storage.</summary>
internal sealed partial class ColdDomains : IRow
{
    private const int AtOnce = 200;
    private const int WarmUp = 1000;
    private const int RoundTripMilliseconds = 50;
    private static readonly string[] Tables = ["Verdicts", "Due"];

    /// <summary>MX; A and AAAA; TCP; greeting; EHLO; STARTTLS; TLS 1.3; EHLO.</summary>
    private const int RoundTrips = 8;

    public string Name => "cold-domains";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var (count, rounds) = (effort.Pick(50, 1000, 1000), effort.Rounds);
        await using var world = new BenchWorld();
        var server = await (await world.World.Postfix).AddAsync("mx.cold.test", MailFlavour.Good);
        var mail = new IPEndPoint(world.World.Loopback.NextAddress(), world.SmtpPort);
        await (await world.World.Dns).SetAsync(NewZone(Math.Max(count, WarmUp), rounds + 1, mail.Address));
        var names = new IPEndPoint(IPAddress.Loopback, Loopback.FreePort());
        var away = TimeSpan.FromMilliseconds(RoundTripMilliseconds);
        using var mailAway = new DelayingRelay(mail, BenchWorld.Of(server, world.SmtpPort), away);
        using var namesAway = new DelayingRelay(names, (await world.World.Dns).EndPoint, away);

        // The domains are cold. What asks for them runs for days: process, storage and connections are warm.
        await using var azurite = await world.StartAzuriteAsync();
        var tables = azurite.NewTableClient();
        using var rooms = await RoomsAsync(world, azurite, tables, names);
        await ProbeAsync(tables, rooms, rounds, WarmUp);
        var round = 0;
        var sides = await Rounds.RunAsync(
            rounds,
            effort.RowTime,
            () => ProbeAsync(tables, rooms, round++, count),
            () => HandshakesAsync(world, effort.Pick(1, 2, 3))
        );

        var path = (double)RoundTrips * RoundTripMilliseconds / 1000 * count / AtOnce;
        Samples floor = new([.. sides[1].Values.Select(rate => Math.Max(path, count / rate))]);
        var ratio = sides[0].Over(floor);
        return
        [
            new(
                $"verdicts for {count:N0} cold domains, {RoundTripMilliseconds} ms round trip, {AtOnce} at once",
                $"the floor: the larger of {RoundTrips} round trips and the handshakes of openssl s_time",
                Goal.AtMost(1.5, "times the floor"),
                ratio.Median,
                $"{ratio.Show()}; {sides[0].Show()} s; round trips alone {path:F2} s, handshakes alone {count / sides[1].Median:F2} s"
            ),
        ];
    }

    private static Zone NewZone(int count, int rounds, IPAddress address) =>
        new(
            "cold.test",
            [
                .. Enumerable
                    .Range(0, rounds)
                    .SelectMany(round => Enumerable.Range(0, count).Select(n => $"{Label(round, n)}"))
                    .SelectMany(label => new[] { $"{label} MX 10 mx-{label}", Zone.Host($"mx-{label}", address) }),
            ]
        );

    private static string Label(int round, int n) => $"r{round}n{n}";

    private static async Task<ProbingRooms> RoomsAsync(
        BenchWorld world,
        Azurite azurite,
        TableServiceClient tables,
        IPEndPoint names
    )
    {
        var settings = await world.GetSettingsAsync(azurite.ConnectionString);
        settings["Dns__Servers__0"] = $"{names}";
        settings["Dns__Connections"] = $"{2 * AtOnce}";
        settings["Smtp__ConnectionsPerAddress"] = $"{AtOnce}";
        settings["Verdicts__ProbesAtOnce"] = $"{AtOnce}";
        return ProbingRooms.WithTables(
            tables,
            settings.Select(s => (s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value))
        );
    }

    private static async Task<double> ProbeAsync(TableServiceClient tables, ProbingRooms rooms, int round, int count)
    {
        await ClearAsync(tables);
        var clock = Stopwatch.StartNew();
        await Crowd.RunAsync(
            count,
            AtOnce,
            async n =>
            {
                var verdict = await rooms.GetAsync($"{Label(round, n)}.cold.test");
                if (verdict.Level != TlsLevel.Encrypted)
                {
                    throw new InvalidOperationException($"The verdict is {verdict.Level}: {verdict.Reason}");
                }
            }
        );
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Azurite looks through all rows of one row key for one of them, as storage does not: a round has its own rows alone.</summary>
    private static async Task ClearAsync(TableServiceClient tables)
    {
        foreach (var name in Tables)
        {
            await tables.DeleteTableAsync(name);
            await tables.CreateTableAsync(name);
        }
    }

    /// <returns>Full handshakes a second, with a certificate like the server's.</returns>
    private static async Task<double> HandshakesAsync(BenchWorld world, int seconds)
    {
        var (certificate, key) = world.World.Authority.Issue("mx.cold.test").WriteTo(world.World.Folder, "s_time");
        var place = $"127.0.0.1:{Loopback.FreePort()}";
        await using var server = Child.Start(
            "openssl s_server",
            ["openssl", "s_server", "-accept", place, "-cert", certificate, "-key", key, "-www", "-num_tickets", "0"]
        );
        await server.WaitForLineAsync(line => line.Contains("ACCEPT", StringComparison.Ordinal));
        var said = await Child.RunAsync("/tmp", "openssl", "s_time", "-connect", place, "-new", "-time", $"{seconds}");
        var found = Count().Match(said);
        return double.Parse(found.Groups["count"].Value, CultureInfo.InvariantCulture)
            / double.Parse(found.Groups["seconds"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(?<count>\d+) connections in (?<seconds>\d+) real seconds", RegexOptions.ExplicitCapture)]
    private static partial Regex Count();
}
