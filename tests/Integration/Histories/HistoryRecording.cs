using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Histories;

/// <summary>Takes the histories of an app's orchestrations out of its SQLite file, as <c>tests/Host/Histories</c> keeps them.</summary>
internal sealed class HistoryRecording(string database, string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Keeps the present run of an instance under <paramref name="name"/>, once its rows are as asked for.</summary>
    public async Task KeepAsync(string name, string instance, Predicate<RecordedHistory> isReady)
    {
        var history = await Eventually.GetAsync(
            () =>
            {
                var found = Read(instance);
                return Task.FromResult(found is not null && isReady(found) ? found : null);
            },
            Eventually.Patience,
            () => $"{name}: {JsonSerializer.Serialize(Read(instance), Json)}"
        );
        var file = Path.Combine(folder, history!.Version, $"{name}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(history, Json) + "\n");
    }

    /// <summary>Ids of the sub-orchestrations of an instance.</summary>
    public IReadOnlyList<string> ChildrenOf(string instance) =>
        [
            .. Read(instance)!
                .Rows.Where(row => row.Kind == RecordedRow.SubOrchestrationScheduled)
                .Select(row => row.Extra!.Split('\n')[0]),
        ];

    private RecordedHistory? Read(string instance)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var head = connection.CreateCommand();
        head.CommandText = "SELECT name, version, run FROM instances WHERE id = $id";
        head.Parameters.AddWithValue("$id", instance);
        using var found = head.ExecuteReader();
        if (!found.Read())
        {
            return null;
        }

        using var rows = connection.CreateCommand();
        rows.CommandText = "SELECT kind, task, name, data, extra, at FROM history WHERE run = $run ORDER BY seq";
        rows.Parameters.AddWithValue("$run", found.GetInt64(2));
        using var reader = rows.ExecuteReader();
        List<RecordedRow> recorded = [];
        while (reader.Read())
        {
            recorded.Add(
                new RecordedRow(
                    reader.GetInt32(0),
                    reader.GetInt32(1),
                    Text(reader, 2),
                    Text(reader, 3),
                    Text(reader, 4),
                    new DateTime(reader.GetInt64(5), DateTimeKind.Utc)
                )
            );
        }

        return new RecordedHistory(found.GetString(0), instance, found.GetString(1), recorded);
    }

    private static string? Text(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}

/// <summary>One run of an orchestration.</summary>
internal sealed record RecordedHistory(string Name, string Instance, string Version, IReadOnlyList<RecordedRow> Rows)
{
    public bool Has(int kind) => Rows.Any(row => row.Kind == kind);

    public bool HasEnded => Rows[^1].Kind is RecordedRow.Completed or RecordedRow.Failed;
}

/// <summary>A row; kinds are numbers on disk, which never change.</summary>
internal sealed record RecordedRow(int Kind, int Task, string? Name, string? Data, string? Extra, DateTime At)
{
    public const int TaskFailed = 4;
    public const int TimerCreated = 5;
    public const int SubOrchestrationScheduled = 7;
    public const int Completed = 16;
    public const int Failed = 17;
}
