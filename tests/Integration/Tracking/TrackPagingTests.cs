using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Integration.Holding;
using TlsOrLink.Tests.Kit;

namespace TlsOrLink.Tests.Integration.Tracking;

/// <summary>The list of messages page by page, where many were taken at one instant.</summary>
public sealed partial class TrackPagingTests(HoldingWorld world) : IClassFixture<HoldingWorld>
{
    private const int Twins = 60;

    [Theory]
    [InlineData("list", "/track?lang=en")]
    [InlineData("found", "/track?lang=en&q=found@nowhere.test")]
    public async Task No_message_of_one_instant_is_skipped_between_two_pages(string name, string first)
    {
        var twins = await TwinsAsync($"{name}@nowhere.test");
        var browser = new Browser(world.App);
        var form = await browser.GetAsync("/signin");
        (await browser.SubmitAsync(form, "key", TestWorld.CallerKey)).Status.ShouldBe(303);
        List<string> seen = [];
        var pages = 0;
        for (var path = first; path.Length > 0; pages++)
        {
            pages.ShouldBeLessThan(20, "the pages come to an end");
            var page = await browser.GetAsync(path);
            seen.AddRange(Item().Matches(page.Html).Select(item => item.Groups["id"].Value));
            path = WebUtility.HtmlDecode(Older().Match(page.Html).Groups["path"].Value);
        }

        seen.Where(twins.Contains).ShouldBe(twins.Order(StringComparer.Ordinal), "each once, in the index's own order");
        pages.ShouldBeGreaterThan(2);
    }

    /// <summary>A message, and others that differ from it in their ids alone.</summary>
    private async Task<IReadOnlyCollection<string>> TwinsAsync(string address)
    {
        var first = (await world.Sender.PostAsync(new { hold = "manual" }, address)).Id;
        var tables = (await world.World.Azurite).NewTableClient();
        var (messages, index) = (tables.GetTableClient(TableNames.Messages), tables.GetTableClient(TableNames.Index));
        var rows = await messages.QueryAsync<TableEntity>(row => row.PartitionKey == first).ToListAsync();
        var message = new MessageRow(rows.Single(row => row.RowKey == Keys.Message));
        string Place(string id) => Keys.IndexPartition(message.Caller, message.CreatedAt, id);
        var partition = Place(first);
        var places = await index
            .QueryAsync<TableEntity>(row => row.PartitionKey == partition)
            .Where(row => row.RowKey.EndsWith(first, StringComparison.Ordinal))
            .ToListAsync();
        List<string> twins = [first];
        for (var n = 1; n < Twins; n++)
        {
            var id = Guid.NewGuid().ToString("n");
            await PutAsync(messages, rows, id, key => key);
            await PutAsync(index, places, Place(id), key => key.Replace(first, id, StringComparison.Ordinal), id);
            twins.Add(id);
        }

        return twins;
    }

    private static async Task PutAsync(
        TableClient table,
        IEnumerable<TableEntity> rows,
        string partition,
        Func<string, string> key,
        string? id = null
    ) =>
        await table.SubmitTransactionAsync(
            rows.Select(row =>
            {
                var copy = new TableEntity(row) { PartitionKey = partition, RowKey = key(row.RowKey) };
                if (id is not null)
                {
                    copy["MessageId"] = id;
                }

                return new TableTransactionAction(TableTransactionActionType.UpsertReplace, copy);
            })
        );

    [GeneratedRegex("<li><p><a href=\"/track/(?<id>[^?\"]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex("href=\"(?<path>/track\\?before=[^\"]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Older();
}
