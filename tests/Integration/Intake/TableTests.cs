using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Routing;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Integration.Intake;

public sealed class TableTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 9, 9, 30, 15, 123, TimeSpan.Zero);

    [Fact]
    public async Task Updates_rows_by_the_ETag_of_the_last_write_and_clears_columns()
    {
        await using var intakes = await Intakes.StartAsync(("Storage:RowsPerBatch", "2"));
        var message = await intakes.StoredAsync(Intakes.Json("1@a.example", "2@a.example", "3@a.example"));
        var table = intakes.Get<MessageTable>();
        var rows = await table.RecipientsAsync(message.Id, message.Attempt, 0, 3, default);
        foreach (var row in rows)
        {
            (row.State, row.PlannedRoute, row.Route, row.Level, row.Ledger, row.NextAttemptAt, row.LastReplyCode) = (
                RecipientState.Sending,
                Route.Tls,
                Route.Link,
                TlsLevel.Authenticated,
                LedgerState.Claimed,
                At,
                250
            );
        }

        (await table.UpdateAsync([.. rows], default)).ShouldBe(WriteOutcome.Done);
        var read = (await table.RecipientsAsync(message.Id, message.Attempt, 1, 1, default)).Single();
        (
            read.State,
            read.PlannedRoute,
            read.Route,
            read.Level,
            read.Ledger,
            read.NextAttemptAt,
            read.LastReplyCode
        ).ShouldBe(
            (RecipientState.Sending, Route.Tls, Route.Link, TlsLevel.Authenticated, LedgerState.Claimed, At, 250)
        );
        read.ETag.ShouldBe(rows[1].ETag);

        rows[1].NextAttemptAt = null;
        (await table.UpdateAsync([rows[1]], default)).ShouldBe(
            WriteOutcome.Done,
            "the ETag moved on with the first write"
        );
        var cleared = (await table.RecipientsAsync(message.Id, message.Attempt, 1, 1, default)).Single();
        cleared.NextAttemptAt.ShouldBeNull();
        cleared.LastReplyCode.ShouldBe(250);

        read.State = RecipientState.Accepted;
        (await table.UpdateAsync([read], default)).ShouldBe(WriteOutcome.Conflict);
    }

    [Fact]
    public async Task Finds_no_message_where_there_is_none()
    {
        await using var intakes = await Intakes.StartAsync();
        var table = intakes.Get<MessageTable>();

        (await table.FindAsync("0", default)).ShouldBeNull();
        (await table.PartitionAsync("0", default)).ShouldBeNull();
        (await table.UpdateMessageAsync(new MessageRow("0") { ETag = new Azure.ETag("W/\"x\"") }, default)).ShouldBe(
            WriteOutcome.Conflict
        );
    }

    [Fact]
    public async Task Lists_what_fell_due_and_remembers_how_far_it_came()
    {
        await using var intakes = await Intakes.StartAsync();
        var due = intakes.Get<DueTable>();
        Due one = new(DueKinds.Link, At, "one", "m1");
        await due.InsertAsync(one, default);
        await due.InsertAsync(one with { Id = "two", At = At.AddMinutes(1) }, default);
        await due.InsertAsync(one with { Id = "three", Kind = DueKinds.Open, Attempt = "a" }, default);

        (await Listed(due)).ShouldBe([one]);
        await due.DeleteAsync(one.Kind, one.At, one.Id, default);
        await due.DeleteAsync(one.Kind, one.At, one.Id, default);
        (await Listed(due)).ShouldBeEmpty();

        (await due.WatermarksAsync(default)).ShouldBeEmpty();
        await due.MoveWatermarksAsync([DueKinds.Link], At, default);
        (await due.WatermarksAsync(default))[DueKinds.Link].ShouldBe(At);
    }

    private static async Task<List<Due>> Listed(DueTable due) =>
        await due.ListAsync(DueKinds.Link, null, At, default).Select(row => row with { ETag = default }).ToListAsync();
}
