using TlsOrLink.Events;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Subscriptions;

/// <summary>The outbox: which writes leave notes, and what is left where nobody watches.</summary>
public sealed class EventNotesTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed class Watch(Watchers watchers) : IEventWatch
    {
        public List<string> Hints { get; } = [];

        public ValueTask<Watchers> ReadAsync(CancellationToken cancellation) => new(watchers);

        public void Hint(string messageId) => Hints.Add(messageId);
    }

    public static TheoryData<string, string, string, bool> Rows =>
        new()
        {
            { "kit", EventKinds.RecipientAccepted, "recipient.delivered", true },
            { "kit", EventKinds.RecipientUndeliverable, "recipient.bounced", true },
            { "kit", EventKinds.RecipientUnconfirmed, "recipient.bounced", true },
            { "kit", EventKinds.LinkOpened, "link.opened", true },
            { "kit", EventKinds.RecipientDeferred, "recipient.bounced", false },
            { "kit", EventKinds.RecipientAccepted, "recipient.linked", false },
            { "other", EventKinds.RecipientAccepted, "recipient.delivered", false },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_note_stands_beside_an_event_that_its_caller_watches(
        string caller,
        string kind,
        string watched,
        bool isNoted
    )
    {
        var (tables, watch) = (new MemoryTables(), new Watch(new Watchers([("kit", watched)])));
        var row = new RecipientRow(Id, "0123abcd", 3) { Caller = caller, CreatedAt = Now };
        row.Record(EventDraft.Of(kind, EventActors.Service, Now));

        (await Chained.Table(tables, watch: watch).AddAsync([row], Cancellation)).ShouldBe(WriteOutcome.Done);

        tables.Rows.ContainsKey((TableNames.Messages, Id, "e:r3:00000001")).ShouldBeTrue();
        tables.Rows.ContainsKey((TableNames.Messages, Id, "w:r3:00000001")).ShouldBe(isNoted);
        tables.Rows.Keys.Count(key => key.Table == TableNames.Due).ShouldBe(isNoted ? 1 : 0);
        watch.Hints.ShouldBe(isNoted ? [Id] : []);
    }

    [Fact]
    public async Task Where_nobody_knows_who_watches_every_event_has_a_note()
    {
        var tables = new MemoryTables();
        var row = new RecipientRow(Id, "0123abcd", 0) { Caller = "kit", CreatedAt = Now };
        row.Record(EventDraft.Of(EventKinds.RecipientAccepted, EventActors.Service, Now));
        row.Record(EventDraft.Of(EventKinds.LinkRevoked, EventActors.Service, Now));

        await Chained.Table(tables, watch: new Watch(Watchers.Unknown)).AddAsync([row], Cancellation);

        tables.Rows.Keys.Count(key => key.Row.StartsWith("w:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task The_caller_of_an_older_row_is_read_from_the_message()
    {
        var tables = new MemoryTables();
        var table = Chained.Table(tables, watch: new Watch(new Watchers([("kit", "recipient.delivered")])));
        await table.AddAsync([new MessageRow(Id) { Caller = "kit", CreatedAt = Now }], Cancellation);
        var row = new RecipientRow(Id, "0123abcd", 0) { CreatedAt = Now };
        row.Record(EventDraft.Of(EventKinds.RecipientAccepted, EventActors.Service, Now));

        await table.AddAsync([row], Cancellation);

        tables.Rows.ContainsKey((TableNames.Messages, Id, "w:r0:00000001")).ShouldBeTrue();
    }

    [Fact]
    public void Rows_with_their_events_and_notes_fit_into_a_batch()
    {
        var watchers = new Watchers([("kit", "recipient.delivered")]);
        RecipientRow[] rows = [.. Enumerable.Range(0, 100).Select(n => new RecipientRow(Id, "0123abcd", n))];
        foreach (var row in rows)
        {
            row.Record(EventDraft.Of(EventKinds.RecipientAccepted, EventActors.Service, Now));
            row.LargestSize.ShouldBe(3);
            row.Mark(watchers, "kit").ShouldBeTrue();
        }

        var batches = RowBatches.Of(rows, 100).ToList();

        batches.Sum(batch => batch.Count).ShouldBe(100);
        batches.ShouldAllBe(batch =>
            batch.Sum(row => new ChainWrite(row, Chained.Key).Actions(default).Count()) <= 100
        );
    }

    [Fact]
    public void Every_event_of_the_API_is_some_kind_of_the_trail() =>
        typeof(EventKinds)
            .GetFields()
            .Select(field => EventNames.Of((string)field.GetRawConstantValue()!))
            .OfType<string>()
            .Distinct()
            .ShouldBe(EventNames.All, ignoreOrder: true);
}
