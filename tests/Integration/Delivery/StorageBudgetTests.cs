using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>What a delivery costs in calls to storage, counted between the app and storage.</summary>
public sealed class StorageBudgetTests(StorageBudgetTests.Quiet world, ITestOutputHelper output)
    : IClassFixture<StorageBudgetTests.Quiet>
{
    private const int TableCallsForOneRecipient = 12;

    /// <summary>No timer runs while calls are counted.</summary>
    public sealed class Quiet : DeliveryWorld
    {
        protected override IReadOnlyList<(string Name, string Value)> Settings =>
            [
                ("Auditing__Schedule", "0 0 0 1 1 *"),
                ("Reconciling__Schedule", "0 0 0 1 1 *"),
                ("Purging__Schedule", "0 0 0 1 1 *"),
                ("Delivery__ClaimLife", "00:01:00"),
            ];
    }

    [Fact]
    public async Task The_second_message_to_one_recipient_costs_one_blob_write_and_at_most_12_table_calls()
    {
        await world.AddScriptedAsync("warm.test");
        var first = await CallsOfAsync(new Letter("a@warm.test"));

        var second = await CallsOfAsync(new Letter("b@warm.test"));

        var list = string.Join('\n', second);
        output.WriteLine(list);
        BlobWrites(second).ShouldBe(1, list);
        TableCalls(second).ShouldBeLessThanOrEqualTo(TableCallsForOneRecipient, list);
        second.ShouldNotContain(call => call.Writes("Verdicts", ""), "the verdict is warm");
        TableCalls(first).ShouldBeGreaterThan(TableCalls(second), "the first message also keeps the verdict");
    }

    [Fact]
    public async Task A_message_staged_in_blocks_is_one_blob_write()
    {
        await world.AddScriptedAsync("blocks.test");

        var calls = await CallsOfAsync(new Letter("a@blocks.test") { File = new byte[3 << 20] });

        calls.Count(call => call is { Kind: "block", Method: "PUT" }).ShouldBeGreaterThan(1);
        BlobWrites(calls).ShouldBe(1, string.Join('\n', calls));
    }

    [Fact]
    public async Task Calls_grow_with_domains_and_batches_and_not_with_recipients()
    {
        string[] domains = ["one.many.test", "two.many.test", "three.many.test"];
        foreach (var domain in domains)
        {
            await world.AddScriptedAsync(domain);
        }

        await CallsOfAsync(new Letter([.. domains.Select(domain => $"warm@{domain}")]));
        var three = await CallsOfAsync(new Letter([.. domains.Select(domain => $"a@{domain}")]));

        var many = await CallsOfAsync(
            new Letter([.. Enumerable.Range(0, 300).Select(n => $"r{n}@{domains[n % domains.Length]}")])
        );

        var list = string.Join('\n', many.Select(call => $"{call.Method} {call.Container} {call.Kind} {call.Filter}"));
        output.WriteLine($"3 recipients: {TableCalls(three)} table calls; 300: {TableCalls(many)}\n{list}");
        BlobWrites(many).ShouldBe(1);
        // 300 recipients are at most four batches of rows more, and three of the index; a domain's hundred fit into one, and into two
        // with the event of each.
        TableCalls(many).ShouldBeLessThanOrEqualTo(TableCalls(three) + 10, list);
        TableCalls(three).ShouldBeLessThanOrEqualTo(TableCallsForOneRecipient + (2 * 4), string.Join('\n', three));
    }

    /// <summary>Everything that one delivery asked of storage; the test's own look at its state excepted.</summary>
    private async Task<IReadOnlyList<StorageCall>> CallsOfAsync(Letter letter)
    {
        var proxy = await world.World.Storage;
        var before = proxy.Calls.Count;
        var id = (await world.Api.SendAsync(letter)).Id;
        await Kit.Processes.Eventually.BeTrueAsync(
            () => proxy.CallsSince(before).Any(call => IsLast(call, id) && call.Status is not null),
            Eventually.Patience,
            () => world.App.Output
        );
        var calls = proxy.CallsSince(before);
        var seen = await world.Api.SeeAsync(id);
        seen.IsCompleted.ShouldBeTrue();
        seen.Recipients.ShouldAllBe(recipient => recipient.State == "accepted");
        return calls;
    }

    /// <summary>A delivery ends by taking the message off the list of open ones.</summary>
    private static bool IsLast(StorageCall call, string id) =>
        call.Method == "DELETE"
        && call.Entities is [{ Table: "Due" } due]
        && due.RowKey == id
        && due.PartitionKey.StartsWith("open|", StringComparison.Ordinal);

    private static int TableCalls(IEnumerable<StorageCall> calls) =>
        calls.Count(call => call.Service == StorageService.Table);

    /// <summary>Blocks staged and committed count as one write of their blob.</summary>
    private static int BlobWrites(IEnumerable<StorageCall> calls) =>
        calls
            .Where(call => call is { Service: StorageService.Blob, IsWrite: true })
            .Select(call => (call.Container, call.Name))
            .Distinct()
            .Count();
}
