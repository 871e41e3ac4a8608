using System.Diagnostics;
using System.Globalization;
using System.Net;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Chaos;

/// <summary>Servers that fail at random, and an app that is killed (SIGKILL) and started again meanwhile: nobody is lost.</summary>
public sealed class ChaosTests(ChaosWorld world, ITestOutputHelper output) : IClassFixture<ChaosWorld>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Campaign.Size(sample: 3, full: 15));
    private const int MailsPerLetter = 3;
    private const int AtOnce = 10;
    private readonly HashSet<(string Recipient, string Transaction)> inFlight = [];

    [Fact]
    public async Task Every_recipient_ends_accepted_linked_or_bounced_and_twins_come_of_transactions_in_doubt_alone()
    {
        var (count, kills) = (Campaign.Size(sample: 20, full: 200), Campaign.Size(sample: 3, full: 20));
        output.WriteLine($"seed {world.Seed}");
        var clock = Stopwatch.StartNew();
        await world.BeginAsync();
        var letters = Enumerable.Range(0, count).Select(ChaosWorld.LetterOf).ToList();
        var posting = Task.WhenAll(letters.Select((letter, i) => PostAsync(letter, i)));
        await KillAsync(kills, step: MailsPerLetter * count * 7 / 10 / kills);
        var ids = await posting.WaitAsync(Patience);
        List<MessageSeen> seen = [];
        foreach (var id in ids)
        {
            seen.Add(await CompletionAsync(id, clock));
        }

        var fates = new ChaosFates(seen, world.Messages, inFlight);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} messages, {kills} kills, {world.Connections} connections, {clock.Elapsed.TotalSeconds:F0} s"
            )
        );
        output.WriteLine(fates.ToString());
        seen.Select(message => message.Id).ShouldBeUnique();
        seen.SelectMany(m => m.Recipients)
            .Select(r => r.Address)
            .Order()
            .ShouldBe(letters.SelectMany(l => l.Recipients).Order());
        fates.Faults.ShouldBeEmpty(fates.ToString());
    }

    private async Task KillAsync(int kills, int step)
    {
        var random = new Random(world.Seed);
        for (var i = 0; i < kills; i++)
        {
            var wanted = world.Messages.Count + 1 + random.Next(step);
            await Eventually.BeTrueAsync(() => world.Messages.Count >= wanted, Patience);
            world.App.Kill();
            inFlight.UnionWith(await world.ClaimsAsync());
            await world.App.RestartAsync();
        }
    }

    /// <summary>A caller that has no answer, or is told to come again, sends the same again with the same key.</summary>
    private async Task<string> PostAsync(Letter letter, int n)
    {
        // Spread over the kills: most letters wait until earlier ones have come in.
        await Eventually.BeTrueAsync(() => world.Messages.Count >= (MailsPerLetter - 1) * (n - AtOnce), Patience);
        while (true)
        {
            try
            {
                using var answer = await world.Api.PostAsync(letter, $"chaos-{n}");
                if (answer.StatusCode == HttpStatusCode.Accepted)
                {
                    return (await MessageApi.ReadAsync(answer)).Id;
                }

                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
    }

    private async Task<MessageSeen> CompletionAsync(string id, Stopwatch clock)
    {
        while (true)
        {
            try
            {
                return await world.Api.WaitForCompletionAsync(id);
            }
            catch (TimeoutException) when (clock.Elapsed < Patience)
            {
                // A message of bad luck; there is time left.
            }
        }
    }
}

/// <summary>What became of everybody.</summary>
internal sealed class ChaosFates(
    IReadOnlyList<MessageSeen> seen,
    IReadOnlyList<ScriptedMessage> messages,
    IReadOnlyCollection<(string Recipient, string Transaction)> inFlight
)
{
    private readonly List<RecipientSeen> recipients = [.. seen.SelectMany(message => message.Recipients)];
    private readonly Dictionary<string, int> copies = messages
        .SelectMany(message => message.Recipients)
        .CountBy(to => to)
        .ToDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, int> unanswered = messages
        .Where(message => !message.IsAnswered)
        .SelectMany(message => message.Recipients)
        .CountBy(to => to)
        .ToDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, int> killed = inFlight
        .CountBy(claim => claim.Recipient)
        .ToDictionary(StringComparer.Ordinal);

    public IEnumerable<string> Faults => recipients.Where(r => !IsFair(r)).Select(Show);

    public override string ToString() =>
        $"""
            recipients {recipients.Count}: {string.Join(
                ", ",
                recipients.CountBy(r => r.State).OrderBy(s => s.Key).Select(s => $"{s.Value} {s.Key}")
            )}
            lost {recipients.Count(IsLost)}
            twins {recipients.Sum(Twins)}, of {recipients.Count(r =>
                Twins(r) > 0
            )} recipients; may come of {killed.Values.Sum()} recipients in flight at kills ({inFlight.Select(c =>
                c.Transaction
            ).Distinct().Count()} transactions) and {unanswered.Values.Sum()} copies whose server hung up without an answer
            """;

    private bool IsFair(RecipientSeen r) =>
        !IsLost(r)
        && Twins(r) <= killed.GetValueOrDefault(r.Address) + unanswered.GetValueOrDefault(r.Address)
        && r.State == Wanted(r.Address);

    private static string Wanted(string address) =>
        address[0] == 'r' ? "bounced"
        : address[0] == 'd' ? "linked"
        : "accepted";

    private bool IsLost(RecipientSeen r) => Wanted(r.Address) != "bounced" && copies.GetValueOrDefault(r.Address) == 0;

    private int Twins(RecipientSeen r) => Math.Max(0, copies.GetValueOrDefault(r.Address) - 1);

    private string Show(RecipientSeen r) =>
        $"{r}: {copies.GetValueOrDefault(r.Address)} copies, {unanswered.GetValueOrDefault(r.Address)} unanswered, in flight at {killed.GetValueOrDefault(r.Address)} kills";
}
