using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace TlsOrLink.Embedded.History;

/// <summary>Reads what is committed; any thread may.</summary>
internal sealed class HistoryReader(Database database) : IDisposable
{
    private const string Columns =
        "id, run, name, version, status, created, updated, input, output, custom, parent, trace, tags, needs_turn, next";

    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    public InstanceRecord? Instance(string id) =>
        Query($"SELECT {Columns} FROM instances WHERE id = $1", ReadInstance, id).FirstOrDefault();

    public List<HistoryRow> History(long run) =>
        Query("SELECT kind, task, name, data, extra, at FROM history WHERE run = $1 ORDER BY seq", ReadRow, run);

    /// <summary>Instances in order of id, after <paramref name="after"/>.</summary>
    public List<InstanceRecord> Instances(InstanceFilter filter, string? after, int limit)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM instances WHERE id > $1");
        List<object?> values = [after ?? ""];
        void And(string condition, object value)
        {
            values.Add(value);
            sql.Append(" AND ")
                .Append(condition)
                .Append(System.Globalization.CultureInfo.InvariantCulture, $" ${values.Count}");
        }

        if (filter.CreatedFrom is { } from)
        {
            And("created >=", from.UtcTicks);
        }

        if (filter.CreatedTo is { } to)
        {
            And("created <=", to.UtcTicks);
        }

        if (filter.Prefix is { Length: > 0 } prefix)
        {
            And("id >=", prefix);
            And("id <", prefix + "\U0010FFFF");
        }

        if (filter.Statuses is { Count: > 0 } statuses)
        {
            sql.Append(" AND status IN (").AppendJoin(',', statuses.Select(s => (int)s)).Append(')');
        }

        sql.Append(" ORDER BY id LIMIT ").Append(limit);
        return Query(sql.ToString(), ReadInstance, [.. values]);
    }

    public List<(string Id, long Run, int TaskId)> DueTimers(DateTime now, int limit) =>
        Query(
            "SELECT id, run, task FROM timers WHERE due <= $1 ORDER BY due LIMIT $2",
            r => (r.GetString(0), r.GetInt64(1), r.GetInt32(2)),
            now.Ticks,
            limit
        );

    public DateTime? NextTimer(DateTime after) =>
        Query(
                "SELECT due FROM timers WHERE due > $1 ORDER BY due LIMIT 1",
                r => new DateTime(r.GetInt64(0), DateTimeKind.Utc),
                after.Ticks
            )
            .Select(due => (DateTime?)due)
            .FirstOrDefault();

    public List<Letter> Letters() =>
        Query("SELECT body FROM letters ORDER BY number", r => JsonSerializer.Deserialize<Letter>(r.GetString(0))!);

    public List<string> NeedingTurn() =>
        Query(
            "SELECT id FROM instances WHERE status IN (0, 6, 7) AND needs_turn = 1 AND NOT EXISTS (SELECT 1 FROM timers t WHERE t.run = instances.run AND t.task = -1)",
            r => r.GetString(0)
        );

    /// <summary>Activities of unfinished instances that have no answer yet, from the last crash or stop.</summary>
    public List<(string Id, long Run, HistoryRow Scheduled)> OpenActivities()
    {
        const string sql = """
            SELECT h.kind, h.task, h.name, h.data, h.extra, h.at, i.id, i.run FROM instances i JOIN history h ON h.run = i.run
            WHERE i.status IN (0, 6, 7) AND h.kind IN (2, 3, 4) ORDER BY i.run, h.seq
            """;
        var open = new Dictionary<(long, int), (string, long, HistoryRow)>();
        foreach (var (row, id, run) in Query(sql, r => (ReadRow(r), r.GetString(6), r.GetInt64(7))))
        {
            if (row.Kind == EventKind.TaskScheduled)
            {
                open[(run, row.TaskId)] = (id, run, row);
            }
            else
            {
                open.Remove((run, row.TaskId));
            }
        }

        return [.. open.Values];
    }

    public long LastRun() => Query("SELECT COALESCE(MAX(run), 0) FROM instances", r => r.GetInt64(0))[0];

    public long LastLetter() => Query("SELECT COALESCE(MAX(number), 0) FROM letters", r => r.GetInt64(0))[0];

    public DateTime? LastOccurrence(string function) =>
        Query(
                "SELECT last FROM schedules WHERE function = $1",
                r => new DateTime(r.GetInt64(0), DateTimeKind.Utc),
                function
            )
            .Select(last => (DateTime?)last)
            .FirstOrDefault();

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var connection = _idle.TryTake(out var idle) ? idle : database.Open();
        var found = new List<T>();
        using (var statement = new Statement(connection, sql))
        using (var reader = statement.Read(values))
        {
            while (reader.Read())
            {
                found.Add(read(reader));
            }
        }

        _idle.Add(connection);
        return found;
    }

    private static HistoryRow ReadRow(SqliteDataReader r) =>
        new((EventKind)r.GetInt32(0), r.GetInt32(1), Text(r, 2), Text(r, 3), Text(r, 4), Time(r, 5));

    private static InstanceRecord ReadInstance(SqliteDataReader r) =>
        new(
            r.GetString(0),
            r.GetInt64(1),
            r.GetString(2),
            r.GetString(3),
            (OrchestrationRuntimeStatus)r.GetInt32(4),
            Time(r, 5),
            Time(r, 6),
            Text(r, 7),
            Text(r, 8),
            r.GetString(9),
            Text(r, 10) is { } parent ? JsonSerializer.Deserialize<ParentLink>(parent) : null,
            Text(r, 11),
            Text(r, 12),
            r.GetBoolean(13),
            r.GetInt32(14)
        );

    private static string? Text(SqliteDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static DateTime Time(SqliteDataReader r, int column) => new(r.GetInt64(column), DateTimeKind.Utc);
}

/// <param name="Prefix">Of the instance id.</param>
internal sealed record InstanceFilter(
    DateTimeOffset? CreatedFrom,
    DateTimeOffset? CreatedTo,
    IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses,
    string? Prefix
);
