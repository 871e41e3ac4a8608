using System.Globalization;
using System.Net.Http.Json;
using Azure.Data.Tables;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;

namespace TlsOrLink.Tests.Integration.Chaos;

/// <summary>Four domains with TLS and two without, none of which can be relied on.</summary>
public sealed class ChaosWorld : DeliveryWorld
{
    private static readonly string[] WithTls = ["alder.test", "beech.test", "cherry.test", "dogwood.test"];
    private static readonly string[] WithoutTls = ["yew.test", "zelkova.test"];
    private readonly List<ScriptedSmtp> servers = [];
    private readonly List<ChaosScript> scripts = [];

    /// <summary>What is random in this run; printed by the test.</summary>
    public int Seed { get; } = Random.Shared.Next();

    /// <summary>Every message whose final dot came in.</summary>
    public IReadOnlyList<ScriptedMessage> Messages => [.. servers.SelectMany(server => server.Messages)];

    public int Connections => servers.Sum(server => server.Connections.Count);

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [("Delivery__LongestRetry", "00:00:02"), ("Links__Life", "01:00:00")];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var (i, domain) in WithTls.Concat(WithoutTls).Index())
        {
            var script = new ChaosScript(Seed + i, hasTls: WithTls.Contains(domain));
            scripts.Add(script);
            servers.Add(await AddScriptedAsync(domain, script.Next));
        }
    }

    /// <summary>Has every domain probed, and lets loose.</summary>
    public async Task BeginAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tls/check")
        {
            Content = JsonContent.Create(new { recipients = WithTls.Concat(WithoutTls).Select(d => $"r@{d}") }),
        };
        request.Headers.Add("x-functions-key", TestWorld.CallerKey);
        using var answer = await App.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        scripts.ForEach(script => script.HasBegun = true);
    }

    /// <summary>A letter to five recipients in three domains, one of whom is refused for good.</summary>
    public static Letter LetterOf(int n)
    {
        var (first, second) = (WithTls[n % WithTls.Length], WithTls[(n + 1) % WithTls.Length]);
        var clear = WithoutTls[n % WithoutTls.Length];
        var name = n.ToString(CultureInfo.InvariantCulture);
        return new(
            $"a{name}@{first}",
            $"b{name}@{first}",
            $"c{name}@{second}",
            $"d{name}@{clear}",
            $"refused{name}@{first}"
        );
    }

    /// <summary>Transactions of which storage says that they are under way: after a kill, those that were in flight.</summary>
    /// <returns>Recipient and transaction.</returns>
    public async Task<IReadOnlyList<(string Recipient, string Transaction)>> ClaimsAsync()
    {
        var rows = (await World.Azurite)
            .NewTableClient()
            .GetTableClient("Messages")
            .QueryAsync<TableEntity>("RowKey ge 'r:' and RowKey lt 'r;' and Ledger eq 'claimed'");
        return await rows.Select(row => (row.GetString("Address"), row.GetString("ClaimedBy"))).ToListAsync();
    }
}
