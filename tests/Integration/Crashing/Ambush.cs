using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Crashing;

/// <summary>Brings the app to one point and holds it there; proves by what is outside of the app that it is there and no further.</summary>
internal sealed partial class Ambush : IDisposable
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly CrashWorld _world;
    private readonly Letter _letter;
    private readonly List<IDisposable> _held = [];
    private readonly HashSet<string> _earlier;
    private Func<Task> _prove = () => Task.CompletedTask;

    private Ambush(CrashWorld world, Letter letter)
    {
        (_world, _letter) = (world, letter);
        _earlier = [.. world.Proxy.Calls.SelectMany(MessagesOf)];
    }

    /// <summary>The message id as the app told it; null before the <c>202</c>.</summary>
    public string? Id { get; set; }

    /// <summary>Lies in wait; then the letter may be sent.</summary>
    public static Ambush At(KillPoint point, CrashWorld world, Letter letter)
    {
        var ambush = new Ambush(world, letter);
        ambush._prove = point switch
        {
            KillPoint.AfterTheBlob => ambush.AfterTheBlob(),
            KillPoint.BetweenRowBatches => ambush.BetweenRowBatches(),
            KillPoint.BeforeM => ambush.BeforeM(),
            KillPoint.BetweenMAndTheStart => ambush.BetweenMAndTheStart(),
            KillPoint.AfterAClaim => ambush.AfterAClaim(),
            KillPoint.AfterRcpt => ambush.AfterRcpt(),
            KillPoint.AfterTheFinalDotBeforeThe250 => ambush.AfterTheFinalDot(),
            KillPoint.AfterThe250BeforeTheLedger => ambush.AfterThe250(),
            KillPoint.InTheMiddleOfAPurge => ambush.InAPurge(),
            _ => ambush.InARetryWait(),
        };
        return ambush;
    }

    /// <summary>Waits until the point is reached and fails where what is outside says otherwise.</summary>
    public Task ProveAsync() => _prove();

    public void Dispose() => _held.ForEach(held => held.Dispose());

    private Func<Task> AfterAClaim()
    {
        var stored = false;
        var stall = Hold(
            call =>
            {
                stored |= call.Writes("Messages", "m");
                return stored && WritesRows(call);
            },
            before: false
        );
        return async () =>
        {
            var keys = (await ReachedAsync(stall)).Entities.Select(entity => entity.RowKey).ToList();
            var held = (await _world.ReadRecipientsAsync(_letter)).Where(row => keys.Contains(row.RowKey)).ToList();
            held.Count.ShouldBe(5);
            held.ShouldAllBe(row => row.IsClaimed);
            var arrived = _world.CountDeliveries(_letter);
            held.ShouldAllBe(row => arrived[row.Address] == 0);
        };
    }

    private Func<Task> AfterRcpt()
    {
        var stall = Hold(SmtpPoint.AfterRecipientReply);
        return async () =>
        {
            await stall.Reached.WaitAsync(Patience);
            var talk = _world.First.Connections.Single(c =>
                c.UnderTls.Contains($"RCPT TO:<{_letter.Recipients[0]}>", StringComparison.Ordinal)
            );
            talk.UnderTls.ShouldNotContain("DATA\r\n");
            (await FirstRowsAsync()).ShouldAllBe(row => row.Ledger == null, "the claim comes after the last RCPT");
        };
    }

    private Func<Task> AfterTheFinalDot()
    {
        var stall = Hold(SmtpPoint.BeforeMessageReply);
        return async () =>
        {
            await stall.Reached.WaitAsync(Patience);
            _world.CountDeliveries(_letter)[_letter.Recipients[0]].ShouldBe(1, "the server has the message");
            (await FirstRowsAsync()).ShouldAllBe(row => row.IsClaimed);
        };
    }

    private Func<Task> AfterThe250()
    {
        var replied = Hold(SmtpPoint.AfterMessageReply);
        var mine = new HashSet<string>(_letter.Recipients.Where(IsFirst));
        var stall = Hold(
            call => WritesRows(call) && _world.First.Messages.Any(m => mine.Overlaps(m.Recipients)) && IsFirst(call),
            before: true
        );
        return async () =>
        {
            await replied.Reached.WaitAsync(Patience);
            await ReachedAsync(stall);
            (await FirstRowsAsync()).ShouldAllBe(row => row.IsClaimed, "the ledger must not know of the 250 yet");
        };
    }

    private Func<Task> InAPurge()
    {
        var stall = Hold(call => call is { Container: "files", Method: "DELETE" }, before: false);
        return async () =>
        {
            var id = (await ReachedAsync(stall)).Name.Split('/')[1];
            (await _world.BlobsAsync("files", id)).ShouldHaveSingleItem("of the file and the body one is gone");
        };
    }

    private Func<Task> InARetryWait()
    {
        var ends = new TaskCompletionSource();
        var usual = _world.First.Script;
        _world.First.Script = _ => new SmtpScript
        {
            RecipientReply = _ => ends.Task.IsCompleted ? "250 2.1.5 fine" : "450 4.7.1 greylisted",
        };
        _held.Add(new Undo(() => _world.First.Script = usual));
        return async () =>
        {
            await _world.Api.WaitAsync(
                Id!,
                seen => seen.Recipients.All(r => r.State == (IsFirst(r.Address) ? "deferred" : "accepted"))
            );
            await Eventually.BeTrueAsync(() => _world.CountTimers(Id!) == 1, Patience);
            _world.CountDeliveries(_letter).Count(pair => pair.Value == 0).ShouldBe(5);
            ends.SetResult();
        };
    }

    /// <summary>Rows of the messages before this one are not meant: the app writes to them after they are completed, too.</summary>
    private Stall Hold(Func<StorageCall, bool> matches, bool before)
    {
        var stall = _world.Proxy.StallWhen(
            call => !MessagesOf(call).Any(_earlier.Contains) && matches(call),
            before,
            times: 1
        );
        _held.Add(stall);
        return stall;
    }

    private SmtpStall Hold(SmtpPoint point)
    {
        var stall = _world.First.StallAt(point, times: 1);
        _held.Add(stall);
        return stall;
    }

    private async Task<IReadOnlyList<StoredRecipient>> FirstRowsAsync()
    {
        var rows = (await _world.ReadRecipientsAsync(_letter)).Where(row => IsFirst(row.Address)).ToList();
        rows.Count.ShouldBe(5);
        return rows;
    }

    private static Task<StorageCall> ReachedAsync(Stall stall) => stall.Reached.WaitAsync(Patience);

    private static IEnumerable<string> MessagesOf(StorageCall call) =>
        call.Entities.Where(entity => entity.Table == "Messages").Select(entity => entity.PartitionKey);

    private static bool WritesRows(StorageCall call) => call.Writes("Messages", "r:");

    private bool IsFirst(string address) => $"mx.{address.Split('@')[1]}" == _world.First.HostName;

    /// <summary>Recipients are numbered by domain: the first domain's are 0 to 4.</summary>
    private static bool IsFirst(StorageCall call) =>
        call
            .Entities.Where(entity => entity.RowKey.StartsWith("r:", StringComparison.Ordinal))
            .All(entity => int.TryParse(entity.RowKey.Split(':')[^1], out var n) && n < 5);

    private sealed class Undo(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
