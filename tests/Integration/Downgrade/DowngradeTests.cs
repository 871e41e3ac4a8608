using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TlsOrLink.Tests.Integration.Decision;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Downgrade;

/// <summary>
/// Servers that offer good TLS while they are probed, and take it away when the message is to be sent: not one byte of body or file reaches
/// them, read off the wire and off the servers. Prints what it proved.
/// </summary>
public sealed class DowngradeTests(DowngradeTests.Patient world, ITestOutputHelper output)
    : IClassFixture<DowngradeTests.Patient>
{
    private const int Downloads = 3;
    private const int Chunk = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Whoever is deferred stays so while the test looks.</summary>
    public sealed class Patient : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Delivery__FirstRetry", "01:00:00"),
                ("Delivery__LongestRetry", "01:00:00"),
                ("Callers__ProbeBurst", "2000"),
            ];
    }

    [Fact]
    public async Task Nothing_of_a_message_reaches_a_server_that_takes_TLS_away_after_the_probe()
    {
        var kinds = await DowngradeKind.AllAsync(world.World, Campaign.Size(sample: 10, full: 200));
        await using var wire = await Wire.ListenAsync(world.World);
        await ProbeAsync(kinds);
        foreach (var server in kinds.SelectMany(kind => kind.Servers))
        {
            await server.TurnAsync();
        }

        var seen = await SendAsync([.. kinds.SelectMany(kind => kind.Runs)]);
        await Eventually.BeTrueAsync(
            () => kinds.All(kind => kind.Runs.All(run => run.HasPolicy || kind.Server.MailTo(run.Recipient).Count > 0)),
            Patience
        );
        await wire.StopAsync();

        // What is counted would be seen: the canaries in the message itself, and clear text on the wire.
        kinds[0]
            .Runs.ShouldAllBe(run => run.BytesIn(Encoding.Latin1.GetString(run.Letter.Bytes)) == DowngradeRun.Bytes);
        var stripped = wire.TextTo(kinds[0].Server.Address);
        kinds[0].Runs.Where(run => !run.HasPolicy).ShouldAllBe(run => stripped.Contains($"TO:<{run.Recipient}>"));
        output.WriteLine(DowngradeProof.Heading);
        List<DowngradeProof> proofs = [.. kinds.Select(kind => DowngradeProof.Of(kind, wire, seen))];
        proofs.ForEach(proof => output.WriteLine(proof.ToString()));
        proofs.SelectMany(proof => proof.Faults).ShouldBeEmpty();
        foreach (var kind in kinds)
        {
            await ShouldBeBehindTheLinkAsync(kind);
        }
    }

    /// <summary>Every domain shows good TLS now, and the app remembers it.</summary>
    private async Task ProbeAsync(IReadOnlyList<DowngradeKind> kinds)
    {
        foreach (var part in kinds.SelectMany(kind => kind.Runs).Select(run => run.Recipient).Chunk(Chunk))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tls/check")
            {
                Content = JsonContent.Create(new { recipients = part }),
            };
            request.Headers.Add("x-functions-key", TestWorld.CallerKey);
            using var answer = await world.App.Client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            JsonDocument
                .Parse(text)
                .RootElement.GetProperty("recipients")
                .EnumerateArray()
                .ShouldAllBe(recipient => recipient.GetProperty("route").GetString() == "tls", text);
        }
    }

    /// <returns>What became of each recipient.</returns>
    private async Task<IReadOnlyDictionary<string, RecipientSeen>> SendAsync(IReadOnlyList<DowngradeRun> runs)
    {
        ConcurrentDictionary<string, RecipientSeen> seen = new(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            runs,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (run, _) =>
            {
                var id = (await world.Api.SendAsync(run.Letter)).Id;
                var message = await world.Api.WaitAsync(
                    id,
                    m => m.Recipients.All(r => r.State is not ("probing" or "sending"))
                );
                seen[run.Recipient] = message.Recipients.Single();
            }
        );
        output.WriteLine($"{runs.Count} messages in {clock.Elapsed.TotalSeconds:F0} s");
        return seen;
    }

    private async Task ShouldBeBehindTheLinkAsync(DowngradeKind kind)
    {
        foreach (var run in kind.Runs.Where(run => !run.HasPolicy).Take(Downloads))
        {
            var mail = await LinkMailSeen.ReadAsync(kind.Server.MailTo(run.Recipient).ShouldHaveSingleItem());
            (await mail.DownloadAsync(world.App.Client, world.World, 0)).ShouldBe(run.Letter.Bytes);
            (await mail.DownloadAsync(world.App.Client, world.World, 1)).ShouldBe(run.Letter.File);
        }
    }
}
