using System.Net.Sockets;
using System.Text;
using Azure.Data.Tables;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>
/// The table of the TLS decision, by the real app against real servers: verdict, route, and that no byte of an attachment crossed in the
/// clear or under less than the level, read off the wire and off the servers. Prints what it proved.
/// </summary>
public sealed class DecisionTableTests(TestWorld world, ITestOutputHelper output) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task Sends_attachments_only_where_tls_is_proven_in_the_moment_of_sending()
    {
        var (file, table) = (new KnownFile(), new DecisionTable(world));
        await ServerRows.AddAsync(table);
        await PolicyRows.AddAsync(table);
        await table.StartAsync();
        var app = await world.StartAppAsync(
            ("Links__Host", "https://files.sender.example"),
            ("Smtp__ProbeDeadline", "00:00:08"),
            ("Delivery__FirstRetry", "01:00:00"),
            ("Delivery__LongestRetry", "01:00:00")
        );
        await using var wire = await Wire.ListenAsync(world);

        var id = await app.SendAsync(file, table.Rows.Select(row => row.Recipient));
        var seen = await app.WaitAsync(id, r => r.IsSettled, Eventually.Patience);
        var control = await SendInClearAsync(wire, file);
        await wire.StopAsync();
        await table.WaitForMailAsync(seen.Recipients.Where(r => r.State is "accepted" or "linked"));

        wire.TextTo(control.Address).ShouldContain("DATA");
        file.BytesIn(wire.TextTo(control.Address)).ShouldBe(file.Bytes.Length, "the wire shows what crosses in clear");
        var verdicts = await VerdictsAsync();
        var proofs = new List<Proof>();
        foreach (var row in table.Rows)
        {
            var received = await table.ReceivedAsync(row);
            proofs.Add(
                new Proof(
                    row,
                    seen.Recipients.Single(r => r.Domain == row.Domain),
                    verdicts.GetValueOrDefault(row.Domain),
                    table.AddressesOf(row).Sum(a => file.BytesIn(wire.TextTo(a))),
                    file.BytesIn(received),
                    await table.MailsBegunAsync(row),
                    Sending.HasBody(received)
                )
            );
        }

        output.WriteLine(Proof.Heading);
        proofs.ForEach(proof => output.WriteLine(proof.ToString()));
        proofs.SelectMany(proof => proof.Faults(file.Bytes.Length)).ShouldBeEmpty();
    }

    /// <summary>What must not happen, done on purpose: proves that the recording would show it.</summary>
    private async Task<ScriptedSmtp> SendInClearAsync(Wire wire, KnownFile file)
    {
        var server = world.StartScripted("mx.control.test");
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address, world.Loopback.Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<r@control.test>\r\nDATA\r\n\r\n{file.Lines()}.\r\nQUIT\r\n"
                )
            );
        await wire.WaitForAsync(server.Address, "QUIT");
        return server;
    }

    /// <summary>Verdicts as storage has them: level and reason by domain.</summary>
    private async Task<Dictionary<string, (string Level, string Reason)>> VerdictsAsync() =>
        await (await world.Azurite)
            .NewTableClient()
            .GetTableClient("Verdicts")
            .QueryAsync<TableEntity>(row => row.RowKey == "v")
            .ToDictionaryAsync(
                row => row.PartitionKey,
                row => (row.GetString("Level").ToLowerInvariant(), row.GetString("Reason")),
                StringComparer.Ordinal
            );
}
