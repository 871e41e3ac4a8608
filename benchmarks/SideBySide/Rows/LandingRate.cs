using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>Requests a second of the page behind a link, against a static page behind the same point read; measured by wrk.</summary>
internal sealed partial class LandingRate : IRow
{
    private const int Clients = 16;

    public string Name => "landing";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        await using var world = new BenchWorld();
        await using var azurite = await world.StartAzuriteAsync();
        await using var app = await world.StartAppAsync(effort.App, azurite.ConnectionString);
        var token = LinkToken.New();
        await AddLinkAsync(azurite, token);
        var page = await app.Client.GetByteArrayAsync($"/d/{token.Text}");
        var peerAddress = $"http://127.0.0.1:{Loopback.FreePort()}";
        await using var peer = await StartPeerAsync(peerAddress, azurite, token, page.Length);
        var seconds = effort.Pick(1, 4, 8);

        Task<double> OursAsync() => WrkAsync($"{app.Client.BaseAddress}d/{token.Text}", seconds);
        Task<double> PeerAsync() => WrkAsync($"{peerAddress}/d/{token.Text}", seconds);
        await OursAsync();
        await PeerAsync();
        var sides = await Rounds.RunAsync(effort.Rounds, effort.RowTime, OursAsync, PeerAsync);

        var ratio = sides[0].Over(sides[1]);
        return
        [
            new(
                $"landing page ({page.Length:N0} bytes), {Clients} connections, HTTP",
                "a static page of that size on Kestrel after one point read of the same row",
                Goal.AtLeast(0.7, "of its requests/s"),
                ratio.Median,
                $"{ratio.Show()}; {sides[0].Median:F0}/s against {sides[1].Median:F0}/s"
            ),
        ];
    }

    private static async Task AddLinkAsync(Azurite azurite, LinkToken token)
    {
        var now = DateTimeOffset.UtcNow;
        var row = new LinkRow(token.LinkId, Guid.NewGuid().ToString("n"), "01234567", 0, now, now.AddDays(7))
        {
            Sender = BenchWorld.Sender,
            SenderName = "山田 花子",
            Files = [new LinkFile(1, "御見積書（最終版）.xlsx", "application/octet-stream", 34_567, "2026010100/x/1")],
        };
        var recipient = new RecipientRow(row.MessageId, row.Attempt, row.N)
        {
            State = RecipientState.Linked,
            LinkExpiresAt = row.ExpiresAt,
        };
        var tables = azurite.NewTableClient();
        await tables.GetTableClient(TableNames.Messages).UpsertEntityAsync(recipient.Entity, TableUpdateMode.Replace);
        await tables
            .GetTableClient(TableNames.Links)
            .UpsertEntityAsync(LinkColumns.Write(row), TableUpdateMode.Replace);
    }

    private static async Task<Child> StartPeerAsync(string address, Azurite azurite, LinkToken token, int bytes)
    {
        var peer = Child.Start(
            "page peer",
            [
                "dotnet",
                typeof(PagePeer).Assembly.Location,
                "serve-page",
                address,
                azurite.ConnectionString,
                token.LinkId,
                $"{bytes}",
            ]
        );
        using var client = new HttpClient();
        var last = "";
        await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    return (await client.GetByteArrayAsync($"{address}/d/{token.Text}")).Length == bytes ? "" : null;
                }
                catch (HttpRequestException e)
                {
                    last = e.Message;
                    return null;
                }
            },
            TimeSpan.FromMinutes(1),
            () => $"{last}\n{peer.Output.Text}"
        );
        return peer;
    }

    private static async Task<double> WrkAsync(string url, int seconds)
    {
        var output = await Child.RunAsync("/tmp", "wrk", "-t", "2", "-c", $"{Clients}", "-d", $"{seconds}s", url);
        return output.Contains("Non-2xx", StringComparison.Ordinal)
            ? throw new InvalidOperationException(output)
            : double.Parse(Rate().Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Rate();
}
