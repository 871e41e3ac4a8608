using System.Globalization;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Dns;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.MtaSts;

namespace TlsOrLink.Tests.Integration.Downgrade;

/// <summary>One way of taking TLS away, with a server for domains without DANE, one for those with it, and a domain for each run.</summary>
/// <param name="Name">One word; part of the domains.</param>
/// <param name="What">In words.</param>
/// <param name="Server">Of domains without DANE.</param>
/// <param name="Signed">Of domains with DANE.</param>
internal sealed record DowngradeKind(string Name, string What, DowngradeServer Server, DowngradeServer Signed)
{
    private const int Tenth = 10;

    /// <summary>Of ten runs one has an MTA-STS policy and one DANE.</summary>
    public IReadOnlyList<DowngradeRun> Runs { get; private init; } = [];

    public IEnumerable<DowngradeServer> Servers => [Server, Signed];

    public static async Task<IReadOnlyList<DowngradeKind>> AllAsync(TestWorld world, int runs)
    {
        var postfix = await (await world.Postfix).AddAsync(
            new Dictionary<string, MailFlavour>(StringComparer.Ordinal)
            {
                ["mx.old.test"] = MailFlavour.Good,
                ["mx.old-dane.test"] = MailFlavour.Good,
            }
        );
        DowngradeServer Real(string host) =>
            new DowngradeServer.Real(
                postfix.Single(server => server.HostName == host),
                MailFlavour.OldTls,
                world.Authority
            );
        DowngradeKind Scripted(string name, string what, Func<string, Func<int, SmtpScript>> turned)
        {
            DowngradeServer New(string host) => new DowngradeServer.Scripted(world, host, turned(host));
            return new DowngradeKind(name, what, New($"mx.{name}.test"), New($"mx.{name}-dane.test"));
        }

        DowngradeKind[] kinds =
        [
            Scripted("strip", "STARTTLS stripped", _ => _ => new() { OffersStartTls = false }),
            Scripted("later", "454 after STARTTLS", _ => _ => new() { StartTlsReply = "454 4.7.0 TLS not available" }),
            Scripted("other", "another certificate", host => DowngradeServer.OtherCertificates(world, host)),
            new("old", "TLS 1.1 only (Postfix)", Real("mx.old.test"), Real("mx.old-dane.test")),
            Scripted("drop", "drops in the handshake", _ => _ => new() { DropsInHandshake = true }),
        ];
        var policies = await world.Policies;
        var ready = kinds
            .Select(kind => kind with { Runs = [.. Enumerable.Range(0, runs).Select(kind.RunOf)] })
            .ToList();
        await (await world.Dns).SetAsync([.. ready.SelectMany(kind => kind.Zones(world, policies))]);
        return ready;
    }

    private DowngradeRun RunOf(int n) =>
        (n % Tenth) switch
        {
            8 => new DowngradeRun($"r@s{Text(n)}.{Name}.test", HasPolicy: true),
            9 => new DowngradeRun($"r@e{Text(n)}.{Name}-dane.test", HasPolicy: true),
            _ => new DowngradeRun($"r@d{Text(n)}.{Name}.test", HasPolicy: false),
        };

    private IEnumerable<Zone> Zones(TestWorld world, PolicyServer policies)
    {
        List<string> open = [Zone.Host("mx", Server.Address)];
        List<string> signed = [Zone.Host("mx", Signed.Address)];
        // The app asks for port 25 whatever port it dials.
        foreach (var port in new[] { 25, world.Loopback.Port })
        {
            var (usage, selector, matching, hex) = Signed.Tlsa;
            signed.Add(Zone.Tlsa(port, "mx", usage, selector, matching, hex));
        }

        foreach (var run in Runs)
        {
            var domain = run.Recipient[2..];
            var label = domain.Split('.')[0];
            (label[0] == 'e' ? signed : open).Add($"{label} MX 10 mx");
            if (label[0] == 's')
            {
                policies.Set(domain, PolicyAnswer.Policy("enforce", TimeSpan.FromDays(1), $"mx.{Name}.test"));
                open.AddRange([
                    $"_mta-sts.{label} TXT \"v=STSv1; id=1;\"",
                    Zone.Host($"mta-sts.{label}", policies.Address),
                ]);
            }
        }

        return
        [
            new Zone($"{Name}.test", open),
            new Zone($"{Name}-dane.test", signed) { Security = ZoneSecurity.Signed },
        ];
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
