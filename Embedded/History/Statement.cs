using Microsoft.Data.Sqlite;

namespace TlsOrLink.Embedded.History;

/// <summary>A prepared statement with parameters $1, $2, …</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // constants and numbers alone: every text is a parameter
        _command.CommandText = sql;
#pragma warning restore CA2100
    }

    public void Run(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        Bind(values);
        _command.ExecuteNonQuery();
    }

    public SqliteDataReader Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] ?? DBNull.Value;
            if (_command.Parameters.Count > i)
            {
                _command.Parameters[i].Value = value;
            }
            else
            {
                _command.Parameters.AddWithValue($"${i + 1}", value);
            }
        }
    }
}

/// <summary>Statements of one connection, disposed of together.</summary>
internal sealed class StatementSet(SqliteConnection connection) : IDisposable
{
    private readonly List<Statement> _all = [];

    public Statement Add(string sql)
    {
        var statement = new Statement(connection, sql);
        _all.Add(statement);
        return statement;
    }

    public void Dispose() => _all.ForEach(statement => statement.Dispose());
}
