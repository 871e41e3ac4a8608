using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace TlsOrLink.Embedded.History;

/// <summary>The SQLite file: its schema, its connections and the lock that keeps a second process out.</summary>
internal sealed class Database : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS instances(
            id TEXT PRIMARY KEY, run INTEGER NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, status INTEGER NOT NULL,
            created INTEGER NOT NULL, updated INTEGER NOT NULL, input TEXT, output TEXT, custom TEXT NOT NULL, parent TEXT,
            trace TEXT, tags TEXT, needs_turn INTEGER NOT NULL, next INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS instances_unfinished ON instances(status) WHERE status IN (0, 6, 7);
        CREATE INDEX IF NOT EXISTS instances_finished ON instances(updated) WHERE status NOT IN (0, 6, 7);
        CREATE TABLE IF NOT EXISTS history(
            run INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, task INTEGER NOT NULL, name TEXT, data TEXT,
            extra TEXT, at INTEGER NOT NULL, PRIMARY KEY(run, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS timers(
            due INTEGER NOT NULL, run INTEGER NOT NULL, task INTEGER NOT NULL, id TEXT NOT NULL,
            PRIMARY KEY(due, run, task)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS timers_of_run ON timers(run, task);
        CREATE TABLE IF NOT EXISTS letters(number INTEGER PRIMARY KEY, receiver TEXT NOT NULL, body TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS schedules(function TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private readonly FileStream _lock;
    private readonly string _connection;

    /// <exception cref="InvalidOperationException">Another process has the file.</exception>
    public Database(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        _lock = Lock(full);
        _connection = new SqliteConnectionStringBuilder { DataSource = full, Pooling = false }.ToString();
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, Schema);
    }

    /// <summary>Commits on this connection are on disk when they return.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        Execute(
            connection,
            "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000"
        );
        return connection;
    }

    public void Dispose() => _lock.Dispose();

    public static void Execute(SqliteConnection connection, [ConstantExpected] string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants, which CA1857 holds the callers to
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"The database file of setting Embedded:Database is in use by another process: {path}. "
                    + "Stop that process or name another file.",
                e
            );
        }
    }
}
