using System.Net;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Probing;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>Probes a second against a raw SslStream that holds the same conversation, and against Postfix's own probe.</summary>
internal sealed class ProbeRate : IRow
{
    private const int AtOnce = 50;
    private const string Host = "mx-probe.test";

    private const string What = "probe rate: 50 at once, one Postfix, full handshakes, nothing shared";

    public string Name => "probe-rate";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        await using var world = new BenchWorld();
        var server = await (await world.World.Postfix).AddAsync(Host, MailFlavour.Good);
        var place = BenchWorld.Of(server, world.SmtpPort);
        using var rooms = await RoomsAsync(world, server.Address);
        var (count, fingers) = (effort.Pick(20, 600, 1500), effort.Pick(5, 200, 500));
        var probes = 0;

        // A warm process: both sides are compiled for good before either is measured.
        for (var turn = 0; turn < 5; turn++)
        {
            await ProbeAsync(rooms, count, () => Interlocked.Increment(ref probes));
            await RawAsync(world, place, count);
        }

        var sides = await Rounds.RunAsync(
            effort.Rounds,
            effort.RowTime,
            () => ProbeAsync(rooms, count, () => Interlocked.Increment(ref probes)),
            () => RawAsync(world, place, count),
            () => FingerAsync(world, place, fingers)
        );

        var (raw, finger) = (sides[0].Over(sides[1]), sides[0].Over(sides[2]));
        var ours = $"{sides[0].Median:F0}/s";
        return
        [
            new(
                What,
                "raw SslStream loop",
                Goal.AtLeast(0.9, "of raw"),
                raw.Median,
                $"{raw.Show()}; {ours} against {sides[1].Median:F0}/s"
            ),
            new(
                What,
                "posttls-finger, one process each",
                Goal.AtLeast(3, "times"),
                finger.Median,
                $"{finger.Show("F1")}; {ours} against {sides[2].Median:F0}/s"
            ),
        ];
    }

    private static async Task<ProbingRooms> RoomsAsync(BenchWorld world, IPAddress address)
    {
        var trusted = world.World.Folder.File("tls", "authority.pem");
        await File.WriteAllTextAsync(trusted, world.World.Authority.Pem);
        return ProbingRooms.WithNames(
            new OneAddress(address),
            ("Smtp:Port", $"{world.SmtpPort}"),
            ("Smtp:TrustBundle", trusted),
            ("Smtp:OpenRanges:0", "127.0.0.0/8"),
            ("Smtp:EhloName", "client.example"),
            ("Smtp:ConnectionsPerAddress", $"{AtOnce}"),
            ("Probing:SharedFor", "00:00:00")
        );
    }

    private static Task<double> ProbeAsync(ProbingRooms rooms, int count, Func<int> next) =>
        Crowd.RateAsync(
            count,
            AtOnce,
            async _ =>
            {
                // The names differ, so that nothing is shared; the certificate is for one name, which costs nothing either way.
                var verdict = await rooms.ProbeAsync($"p{next()}.test");
                if (verdict.Level != TlsLevel.Encrypted)
                {
                    throw new InvalidOperationException($"The probe says {verdict.Level}: {verdict.Reason}");
                }
            }
        );

    private static Task<double> RawAsync(BenchWorld world, IPEndPoint place, int count) =>
        Crowd.RateAsync(
            count,
            AtOnce,
            async _ =>
            {
                await using var smtp = await RawSmtp.SecureAsync(place, Host, world.World.Authority.NewPolicy);
                await smtp.QuitAsync();
            }
        );

    private static async Task<double> FingerAsync(BenchWorld world, IPEndPoint place, int count)
    {
        var configuration = world.World.Folder.File("finger", "main.cf");
        await File.WriteAllTextAsync(configuration, "compatibility_level = 3.6\n");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var command =
            $"export MAIL_CONFIG={Path.GetDirectoryName(configuration)}; seq {count} | xargs -P {AtOnce} -I@ posttls-finger -c -t 30 -T 30 -L summary -l encrypt '[{place.Address}]:{place.Port}'";
        var output = await Child.RunAsync("/tmp", "bash", "-c", command);
        var done = output.Split("TLS connection established", StringSplitOptions.None).Length - 1;
        return done == count
            ? count / clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"posttls-finger reached {done} of {count}:\n{output}");
    }
}
