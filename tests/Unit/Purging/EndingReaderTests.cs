using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Purging;

public sealed class EndingReaderTests
{
    private const string Id = "0123";
    private const string Attempt = "01234567";
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    private readonly MemoryTables tables = new();

    /// <summary>Due rows come in the order of hashes, so that those of one piece are spread over all recipients of the message.</summary>
    [Fact]
    public async Task Of_a_message_with_thousands_of_recipients_those_whose_links_are_over_are_kept_and_no_others()
    {
        int[] over = [7, 8, 1000, 1999, 2999];
        PutMessage(recipients: 3000);

        var ending = await ReadAsync(over);

        ending.Message!.Id.ShouldBe(Id);
        ending.Recipients.Select(row => row.N).ShouldBe(over);
        tables.LargestQuery.ShouldBeLessThanOrEqualTo(1000, "what one query brings is in memory at a time");
    }

    [Fact]
    public async Task A_message_with_few_recipients_is_read_with_them_in_one_query()
    {
        PutMessage(recipients: 20);
        tables.Put(TableNames.Messages, new RecipientRow(Id, "00000000", 5).Entity); // of an attempt that lost

        var ending = await ReadAsync([3, 5, 19]);

        ending.Message!.Id.ShouldBe(Id);
        ending.Recipients.Select(row => row.N).ShouldBe([3, 5, 19]);
        tables.Queries.ShouldBe(1);
    }

    private async Task<Ending> ReadAsync(int[] over)
    {
        var links = new LinkTable(tables, new DueTable(tables));
        await links.CreateAsync([.. over.Select(n => new LinkRow($"link{n}", Id, Attempt, n, Now, Now))], default);
        Due[] due = [.. over.Select(n => new Due(DueKinds.Link, Now, $"link{n}", Id))];
        var ending = new Ending(Id, due, []);
        await new EndingReader(links, Chained.Table(tables)).ReadAsync(ending, Now, default);
        return ending;
    }

    private void PutMessage(int recipients)
    {
        tables.Put(TableNames.Messages, new MessageRow(Id) { Attempt = Attempt }.Entity);
        for (var n = 0; n < recipients; n++)
        {
            tables.Put(TableNames.Messages, new RecipientRow(Id, Attempt, n).Entity);
        }
    }
}
