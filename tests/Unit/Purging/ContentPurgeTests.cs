using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Purging;

public sealed class ContentPurgeTests
{
    private static readonly DateTimeOffset Ordered = new(2026, 1, 9, 9, 40, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Completed = new(2026, 1, 9, 10, 15, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LinksUntil = Ordered.AddHours(25);

    private readonly MemoryTables tables = new();

    [Fact]
    public async Task Files_whose_links_end_in_the_hour_of_the_content_come_due_again_and_then_the_rows()
    {
        var message = new MessageRow("0123")
        {
            State = MessageState.Completed,
            CreatedAt = Ordered,
            CompletedAt = Completed,
            LinksUntil = LinksUntil,
        };
        tables.Put(TableNames.Messages, message.Entity);
        var (due, dues) = (new DueTable(tables), new ContentDue(Options.Create(new PurgingOptions())));
        await due.InsertAsync(dues.Of(message, Completed), default);

        var first = await PurgeAsync(due, dues, Completed.AddDays(1));

        first.Done.Count.ShouldBe(1, "a row that was written again counts as done");
        RowsDue().ShouldHaveSingleItem().At.ShouldBe(LinksUntil, "the end of the links must stay due");

        await PurgeAsync(due, dues, LinksUntil);

        RowsDue().ShouldHaveSingleItem().Kind.ShouldBe(DueKinds.Audit);
    }

    private Task<Purged> PurgeAsync(DueTable due, ContentDue dues, DateTimeOffset now)
    {
        var messages = Chained.Table(tables);
        return new MessagePurge(
            new LinkTable(tables, due),
            new EndingReader(new LinkTable(tables, due), messages),
            new EndingBlobs(new BlobSweep(new MemoryBlobs())),
            new ExpiredRecipients(messages),
            new DueBatches(tables, due),
            dues,
            Options.Create(new LinkOptions()),
            Options.Create(new PurgingOptions())
        ).PurgeAsync(RowsDue(), now, default);
    }

    private List<Due> RowsDue() =>
        [
            .. tables
                .Rows.Where(row => row.Key.Table == TableNames.Due)
                .Select(row => new Due(
                    row.Key.Partition.Split('|')[0],
                    row.Value.GetDateTimeOffset(nameof(Due.At))!.Value,
                    row.Key.Row,
                    row.Value.GetString(nameof(Due.MessageId))
                )
                {
                    ETag = row.Value.ETag,
                }),
        ];
}
