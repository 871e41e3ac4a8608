using System.Text;
using Azure.Data.Tables;
using TlsOrLink.Messages;
using TlsOrLink.Tests.Integration.Links;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Intake;

/// <summary>Intake as the trigger uses it, on storage of its own.</summary>
internal sealed record Intakes(PlainRooms World) : IAsyncDisposable
{
    public StorageProxy Proxy => World.Proxy;

    public static async Task<Intakes> StartAsync(params (string Key, string Value)[] settings) =>
        new(await PlainRooms.StartAsync(settings));

    public T Get<T>()
        where T : notnull => World.Rooms.Get<T>();

    public async Task<IntakeOutcome> PostAsync(string message, string? key = null)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        var request = new IntakeRequest(
            new MemoryStream(bytes),
            message.StartsWith('{') ? "application/json" : "message/rfc822",
            bytes.Length,
            "tester",
            _ => true
        )
        {
            IdempotencyKey = key,
        };
        var read = await Get<IntakeReader>().ReadAsync(request, default);
        return read is Messages.Intake intake ? await Get<IntakeWriter>().WriteAsync(intake, default) : read;
    }

    public async Task<MessageRow> StoredAsync(string message, string? key = null)
    {
        var outcome = await PostAsync(message, key);
        return outcome.ShouldBeOfType<Stored>($"{outcome}").Message;
    }

    /// <summary>All rows of a table as <c>partition row</c>, read past the app.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string table) =>
        await World
            .Azurite.NewTableClient()
            .GetTableClient(table)
            .QueryAsync<TableEntity>()
            .Select(row => $"{row.PartitionKey} {row.RowKey}")
            .ToListAsync();

    /// <summary>All blobs of a container, read past the app.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync(string container) =>
        await World
            .Azurite.NewBlobClient()
            .GetBlobContainerClient(container)
            .GetBlobsAsync()
            .Select(blob => blob.Name)
            .ToListAsync();

    public async Task<byte[]> BlobAsync(string container, string name) =>
        (
            await World
                .Azurite.NewBlobClient()
                .GetBlobContainerClient(container)
                .GetBlobClient(name)
                .DownloadContentAsync()
        ).Value.Content.ToArray();

    public ValueTask DisposeAsync() => World.DisposeAsync();

    public static string Json(params string[] recipients) =>
        $$"""{"sender":"a@sender.example","recipients":["{{string.Join("\",\"", recipients)}}"],"body":{"text":"x"} }""";
}
