using System.Globalization;
using System.Net;
using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Crashing;

/// <summary>The real app, killed (SIGKILL) at each <see cref="KillPoint"/> and started again with the same files.</summary>
public abstract class KillTests(CrashWorld world, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    /// <summary>All points.</summary>
    public static TheoryData<KillPoint> Points => [.. Enum.GetValues<KillPoint>()];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Nobody_is_lost_and_nobody_gets_mail_twice_but_by_a_transaction_in_flight(KillPoint point)
    {
        var letter = CrashWorld.LetterFor($"{point}", withoutTls: point == KillPoint.InTheMiddleOfAPurge);
        using var ambush = Ambush.At(point, world, letter);
        var posting = PostAsync(letter, $"{point}");
        if (point > KillPoint.BetweenMAndTheStart)
        {
            ambush.Id = await posting;
        }

        await ambush.ProveAsync();
        world.App.Kill();
        (await posting).ShouldBe(ambush.Id, "before the 202 the caller must not have an answer");
        var atKill = await world.ReadRecipientsAsync(letter);
        await world.App.RestartAsync();

        // A caller that has no answer sends the same again, with the same key.
        var id = ambush.Id ?? (await world.Api.SendAsync(letter, $"{point}")).Id;
        var seen = await world.Api.WaitForCompletionAsync(id);
        var fates = new Fates(letter, seen, world.CountDeliveries(letter), atKill);
        output.WriteLine($"{world.OnUnconfirmed, -6} {point, -30} {fates}");

        fates.ShouldBeFair(point, reports: world.OnUnconfirmed == "report");
        (await world.ReadRecipientsAsync(letter)).Select(row => row.MessageId).Distinct().ShouldBe([id], "one message");
        await EverythingGoesAsync(id);
        world.CountDeliveries(letter).ShouldBe(fates.Deliveries, "nothing may be sent after the message is completed");
    }

    [Fact]
    public async Task Four_transactions_in_flight_at_the_kill_are_the_only_ones_in_doubt()
    {
        var letter = CrashWorld.LetterFor("all-in-flight");
        var stalls = world.ServersWithTls.Select(s => s.StallAt(SmtpPoint.BeforeMessageReply, times: 1)).ToList();
        var id = (await world.Api.SendAsync(letter)).Id;
        await Task.WhenAll(stalls.Select(stall => stall.Reached)).WaitAsync(Patience);
        world.App.Kill();
        var atKill = await world.ReadRecipientsAsync(letter);
        atKill.ShouldAllBe(row => row.IsClaimed);
        await world.App.RestartAsync();

        var seen = await world.Api.WaitForCompletionAsync(id);

        stalls.ForEach(stall => stall.Dispose());
        var fates = new Fates(letter, seen, world.CountDeliveries(letter), atKill);
        output.WriteLine($"{world.OnUnconfirmed, -6} {"all in flight", -30} {fates}");
        var reports = world.OnUnconfirmed == "report";
        fates.ShouldBeFair(KillPoint.AfterTheFinalDotBeforeThe250, reports);
        fates.Deliveries.Values.ShouldAllBe(count => count == (reports ? 1 : 2));
        seen.Recipients.ShouldAllBe(r => r.State == (reports ? "unconfirmed" : "accepted"));
    }

    /// <summary>What came of the blobs: content life is nothing and links live for seconds here.</summary>
    private Task EverythingGoesAsync(string id) =>
        Eventually.GetAsync(
            async () =>
            {
                var (blobs, files) = (await world.BlobsAsync("messages", id), await world.BlobsAsync("files", id));
                var due = await world.CountAsync("Due", "", id) - await world.CountAsync("Due", "audit|", id);
                due -= await world.CountAsync("Due", "tombstone|", id);
                return blobs.Count + files.Count + due == 0 ? "gone" : null;
            },
            Patience,
            () => $"Blobs or due rows of {id} stay. The app says:\n{world.App.Output}"
        );

    /// <returns>The message's id; null where the app died before it answered.</returns>
    private async Task<string?> PostAsync(Letter letter, string key)
    {
        try
        {
            using var answer = await world.Api.PostAsync(letter, key);
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            return (await MessageApi.ReadAsync(answer)).Id;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>What became of twenty recipients.</summary>
internal sealed record Fates(
    Letter Letter,
    MessageSeen Seen,
    IReadOnlyDictionary<string, int> Deliveries,
    IReadOnlyList<StoredRecipient> AtKill
)
{
    private HashSet<string> InFlight { get; } = [.. AtKill.Where(row => row.IsClaimed).Select(row => row.Address)];

    public void ShouldBeFair(KillPoint point, bool reports)
    {
        Letter.Recipients.Count.ShouldBe(20);
        Seen.Recipients.Select(r => r.Address).Order().ShouldBe(Letter.Recipients.Order());
        Letter.Recipients.Where(to => !IsFair(to, reports)).ShouldBeEmpty($"{this}\n{Seen}");
        var unclear = Letter.Recipients.Where(to => Deliveries[to] != 1).ToList();
        switch (point)
        {
            case KillPoint.AfterTheFinalDotBeforeThe250 or KillPoint.AfterThe250BeforeTheLedger when !reports:
                unclear.Count.ShouldBeGreaterThanOrEqualTo(5, "the server had these, and the ledger could not know");
                break;
            case KillPoint.AfterAClaim when reports:
                unclear.Count.ShouldBeGreaterThanOrEqualTo(5, "claimed, never sent, and told to the sender");
                break;
            case < KillPoint.AfterAClaim or > KillPoint.AfterThe250BeforeTheLedger:
                unclear.ShouldBeEmpty("nothing was in flight");
                InFlight.ShouldBeEmpty();
                break;
        }
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"in flight {AtKill.Where(row => row.IsClaimed).Select(row => row.ClaimedBy).Distinct().Count()} transactions of {InFlight.Count}; delivered once {Count(1)}, twice {Count(2)}, never {Count(0)}; unconfirmed {Seen.Recipients.Count(r => r.State == "unconfirmed")}"
        );

    private int Count(int times) => Deliveries.Values.Count(value => value == times);

    private bool IsFair(string recipient, bool reports) =>
        (Deliveries[recipient], Seen.Of(recipient).State) switch
        {
            (1, "accepted" or "linked" or "expired") => true,
            (2, "accepted") => !reports && InFlight.Contains(recipient),
            (0 or 1, "unconfirmed") => reports && InFlight.Contains(recipient),
            _ => false,
        };
}
