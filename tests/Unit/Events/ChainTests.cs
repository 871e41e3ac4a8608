using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Events;

public sealed class ChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private readonly MemoryTables tables = new();

    private MessageTable Messages => Chained.Table(tables, rowsPerBatch: 4);

    [Fact]
    public async Task A_row_and_what_was_recorded_on_it_are_written_together_and_verify()
    {
        var message = await StoreAsync(recipients: 3);

        var defects = ChainVerifier.Verify(
            Chained.Key,
            message.Id,
            await HeadsAsync(message.Id),
            await Messages.EventsAsync(message.Id, default)
        );

        defects.ShouldBeEmpty();
        (await Messages.EventsAsync(message.Id, default))
            .Select(entry => (entry.Chain, entry.Number, entry.Kind))
            .ShouldBe([("m", 1, "message.stored")]);
    }

    [Fact]
    public async Task Appending_reads_the_row_anew_and_goes_on_with_the_next_number()
    {
        var message = await StoreAsync(recipients: 1);
        var trail = new Trail(Messages);

        await trail.AppendAsync(message.Id, "a", 0, row => Opened(row, Now), default);
        await trail.AppendAsync(message.Id, "a", 0, row => Opened(row, Now.AddHours(1)), default);

        (await Messages.EventsAsync(message.Id, default))
            .Where(entry => entry.Chain == "r0")
            .Select(entry => entry.Number)
            .ShouldBe([1, 2]);
        (await HeadsAsync(message.Id))["r0"].Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_write_that_failed_leaves_the_head_where_it_was()
    {
        var message = new MessageRow("0123") { CreatedAt = Now };
        message.Record(EventDraft.Of(EventKinds.MessageHeld, EventActors.Service, Now));
        var refusing = Chained.Table(new MemoryTables { RefuseBatchesWith = 412 });

        (await refusing.UpdateMessageAsync(message, default)).ShouldBe(WriteOutcome.Conflict);

        message.Head.ShouldBe(ChainHead.None);
        message.Recorded.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_chain_that_grows_on_a_later_day_is_due_to_be_sealed_with_it()
    {
        var message = await StoreAsync(recipients: 1);
        tables.Rows.Keys.ShouldNotContain(key => key.Table == TableNames.Due);

        await new Trail(Messages).AppendAsync(message.Id, "a", 0, row => Opened(row, Now.AddDays(2)), default);

        tables.Rows.Keys.Single(key => key.Table == TableNames.Due).Partition.ShouldStartWith("head|2026011100|");
    }

    [Fact]
    public async Task Nothing_may_be_recorded_on_rows_that_are_put()
    {
        var row = new RecipientRow("0123", "a", 0);
        Opened(row, Now);

        await Should.ThrowAsync<InvalidOperationException>(() => Messages.PutAsync([row], default));
    }

    [Fact]
    public void A_row_and_its_events_are_never_torn_apart()
    {
        RecipientRow[] rows = [.. Enumerable.Range(0, 5).Select(n => new RecipientRow("0123", "a", n))];
        foreach (var row in rows)
        {
            Opened(row, Now);
        }

        RowBatches.Of(rows, 5).Select(batch => batch.Count).ShouldBe([2, 2, 1]);
        RowBatches.Of(rows, 1).Select(batch => batch.Count).ShouldBe([1, 1, 1, 1, 1]);
    }

    [Theory]
    [InlineData("", "0:,")]
    [InlineData("a", "1:a,")]
    [InlineData("見積", "6:見積,")]
    public void A_netstring_counts_bytes(string text, string bytes) =>
        System.Text.Encoding.UTF8.GetString(Netstrings.Of([text])).ShouldBe(bytes);

    private static bool Opened(RecipientRow row, DateTimeOffset at)
    {
        row.Record(EventDraft.Of(EventKinds.LinkOpened, EventActors.Recipient, at, ("link", "abc"), ("none", null)));
        return true;
    }

    private async Task<MessageRow> StoreAsync(int recipients)
    {
        var message = new MessageRow("0123")
        {
            Attempt = "a",
            CreatedAt = Now,
            RecipientCount = recipients,
        };
        message.Record(
            EventDraft.Of(EventKinds.MessageStored, EventActors.Caller("kit"), Now, ("recipients", recipients))
        );
        RecipientRow[] rows =
        [
            .. Enumerable.Range(0, recipients).Select(n => new RecipientRow("0123", "a", n) { CreatedAt = Now }),
        ];
        (await Messages.AddAsync([.. rows, message], default)).ShouldBe(WriteOutcome.Done);
        return message;
    }

    private async Task<Dictionary<string, ChainHead>> HeadsAsync(string id)
    {
        var (message, recipients) = (await Messages.PartitionAsync(id, default))!;
        return recipients.Append<ChainedRow>(message).ToDictionary(row => row.Chain, row => row.Head);
    }
}
