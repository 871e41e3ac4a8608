using TlsOrLink.Benchmarks.Report;
using TlsOrLink.Benchmarks.World;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Benchmarks.Rows;

/// <summary>Calls to storage for one message, counted between the app and Azurite.</summary>
internal sealed class StorageCalls : IRow
{
    /// <summary>One recipient: at most 12 table calls.</summary>
    private const int ForOne = 12;

    /// <summary>A domain more: its verdict, its recipients, their claim, and what came of it.</summary>
    private const int ForDomain = 4;

    private const int RowsPerBatch = 100;

    public string Name => "storage-calls";

    public async Task<IReadOnlyList<Finding>> RunAsync(Effort effort)
    {
        var (domains, recipients) = (effort.Pick(3, 100, 100), effort.Pick(300, 1000, 1000));
        string[] names = [.. Enumerable.Range(0, domains).Select(n => $"d{n}.calls.test")];
        await using var world = new BenchWorld();
        await world.AddSinkAsync(names);
        await using var azurite = await world.StartAzuriteAsync();
        await using var proxy = await StorageProxy.StartAsync(azurite, world.World.Authority);
        var connection = Azurite.ConnectionStringFor(proxy.BlobUri, proxy.TableUri);
        await using var app = await world.StartAppAsync(effort.App, connection);
        var message = Mail.OfBytes(50_000);

        var one = await RecordedCalls.OfAsync(azurite, proxy, app, message, [$"r@{names[0]}"]);
        var many = await RecordedCalls.OfAsync(
            azurite,
            proxy,
            app,
            message,
            [.. Enumerable.Range(0, recipients).Select(n => $"r{n}@{names[n % domains]}")]
        );

        // The rows of recipients, the events of their intake, and the rows of the index go in batches.
        var budget = ForOne + ((domains - 1) * ForDomain) + (3 * recipients / RowsPerBatch);
        return
        [
            Of("route tls, warm, one recipient", ForOne, one),
            Of($"{recipients:N0} recipients in {domains} domains, warm", budget, many),
        ];
    }

    private static Finding Of(string what, int budget, RecordedCalls calls) =>
        new(
            $"storage calls for one message: {what}",
            "the budget",
            Goal.AtMost(budget, "table calls, 1 blob write"),
            calls.BlobWrites > 1 ? double.PositiveInfinity : calls.TableCalls,
            $"{calls.TableCalls} table calls, {calls.BlobWrites} blob write, {calls.Calls.Count - calls.TableCalls} blob calls"
        );
}
