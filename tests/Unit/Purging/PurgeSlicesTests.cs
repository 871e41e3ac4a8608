using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Faults;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Purging;

/// <summary>What cannot be purged waits alone.</summary>
public sealed class PurgeSlicesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset At = Now.AddMinutes(-20);

    private readonly MemoryTables tables = new();
    private readonly List<string> errors = [];
    private readonly PurgeCount count = new();

    [Fact]
    public async Task What_fails_is_found_and_all_others_are_done()
    {
        Due[] rows = [.. Rows("one", 3), .. Messages(600), .. Rows("bad", 2), .. Messages(200, "later")];
        var purge = new Picky(row => row.MessageId is "bad");
        await StoreAsync(rows);

        await NewSlices().PurgeAsync(purge, rows, Now, count, default);

        count.Of(DueKinds.Link).ShouldBe(803);
        count.SetAsideOf(DueKinds.Link).ShouldBe(2);
        count.Oldest.ShouldBe(At, "what is left is told");
        count.ToRun(isThrough: true).IsComplete.ShouldBeFalse();
        purge.Calls.ShouldBeLessThan(30, "it is found by halves");
        errors.Count.ShouldBe(2);
        errors.ShouldAllBe(line => line.Contains("bad") && line.Contains("InvalidCastException"));
        errors.ShouldAllBe(line => !line.Contains("taro@"));
        var waiting = (await DueAtAsync(Now.AddDays(1))).FindAll(row => row.Since is not null);
        waiting.Count.ShouldBe(2);
        waiting
            .Select(row => (row.MessageId, row.At, row.Since))
            .Distinct()
            .ShouldBe([("bad", Now.AddMinutes(20), (DateTimeOffset?)At)]);
        (await DueAtAsync(Now)).ShouldAllBe(row => row.MessageId != "bad", "the next run does not meet it at once");
    }

    [Fact]
    public async Task One_link_of_a_message_that_fails_keeps_no_other_of_it()
    {
        var rows = Rows("large", 500);
        var purge = new Picky(row => row.Id is "large-77");

        await NewSlices().PurgeAsync(purge, rows, Now, count, default);

        count.Of(DueKinds.Link).ShouldBe(499);
        count.SetAsideOf(DueKinds.Link).ShouldBe(1);
    }

    [Fact]
    public async Task A_message_of_which_nothing_can_be_purged_is_not_tried_a_thousand_times()
    {
        Due[] rows = [.. Rows("bad", 1000), .. Messages(3)];
        var purge = new Picky(row => row.MessageId is "bad");

        await NewSlices().PurgeAsync(purge, rows, Now, count, default);

        count.Of(DueKinds.Link).ShouldBe(3);
        count.SetAsideOf(DueKinds.Link).ShouldBe(1000);
        errors.Count.ShouldBe(PurgeCount.MostPieces);
        purge.Calls.ShouldBeLessThan(40);
    }

    [Fact]
    public async Task Where_too_many_fail_the_run_ends_and_the_next_gets_further()
    {
        var rows = Messages(100);
        var purge = new Picky(_ => true);
        await StoreAsync(rows);

        await Should.ThrowAsync<InvalidCastException>(
            () => NewSlices().PurgeAsync(purge, rows, Now, count, default),
            "the reason is not theirs, and has to be seen"
        );

        count.SetAsideOf(DueKinds.Link).ShouldBe(PurgeCount.MostStuck);
        (await DueAtAsync(Now)).Count.ShouldBe(80);
    }

    [Fact]
    public async Task Storage_that_is_away_ends_the_run_at_once()
    {
        var purge = new Picky(_ => throw new TransientFault("away"));

        await Should.ThrowAsync<TransientFault>(() =>
            NewSlices().PurgeAsync(purge, Messages(100), Now, count, default)
        );

        purge.Calls.ShouldBe(1);
        errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(20, 20)]
    [InlineData(600, 600)]
    [InlineData(100_000, 1440)]
    public void Waits_as_long_again_as_it_has_been_overdue_at_most_a_day(int overdueMinutes, int waitMinutes)
    {
        var first = Now.AddMinutes(-overdueMinutes);
        var row = new Due(DueKinds.Link, Now.AddSeconds(-1), "a", "m") { Since = first };

        var later = PurgeSlices.Later(row, Now);

        later.At.ShouldBe(Now.AddMinutes(waitMinutes));
        later.Since.ShouldBe(first);
        PurgeSlices.Later(row with { At = first, Since = null }, Now).ShouldBe(later);
    }

    private PurgeSlices NewSlices() =>
        new(
            new DueBatches(tables, new DueTable(tables)),
            Options.Create(new PurgingOptions { Concurrency = 1 }),
            new Lines(errors)
        );

    private Task StoreAsync(IEnumerable<Due> rows) =>
        new DueBatches(tables, new DueTable(tables)).InsertAsync(rows, 1, default);

    private async Task<List<Due>> DueAtAsync(DateTimeOffset now) =>
        await new DueTable(tables).ListAsync(DueKinds.Link, from: null, now, default).ToListAsync();

    private static Due[] Messages(int count, string name = "m") =>
        [.. Enumerable.Range(0, count).Select(n => new Due(DueKinds.Link, At, $"{name}-{n}", $"{name}{n}"))];

    private static Due[] Rows(string message, int count) =>
        [.. Enumerable.Range(0, count).Select(n => new Due(DueKinds.Link, At, $"{message}-{n}", message))];

    private sealed class Picky(Func<Due, bool> refuses) : IDuePurge
    {
        public int Calls { get; private set; }

        public IReadOnlyList<string> Kinds { get; } = [DueKinds.Link];

        public Task<Purged> PurgeAsync(IReadOnlyList<Due> rows, DateTimeOffset now, CancellationToken cancellation)
        {
            Calls++;
            return rows.Any(refuses)
                ? throw new InvalidCastException("Unable to cast 'taro@partner.example'")
                : Task.FromResult(new Purged(rows));
        }
    }

    private sealed class Lines(List<string> errors) : ILogger<PurgeSlices>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => errors.Add($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}
