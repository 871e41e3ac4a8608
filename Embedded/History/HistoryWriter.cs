using Microsoft.Data.Sqlite;

namespace TlsOrLink.Embedded.History;

/// <summary>
/// The only writer. Steps that wait while one transaction is on its way to the disk share the next one, so that the cost of a
/// flush is divided by the number of busy instances.
/// </summary>
internal sealed class HistoryWriter : IDisposable
{
    private const int StepsPerTransaction = 512;
    private readonly Queue<(Step Step, Action Done)> _waiting = new();
    private bool _ended;
    private readonly SqliteConnection _connection;
    private readonly StatementSet _statements;
    private readonly StepCommands _commands;
    private readonly Action<Exception> _onFault;
    private readonly Thread _thread;

    /// <param name="onFault">Called when a transaction cannot be written: nothing that depends on it may go on.</param>
    public HistoryWriter(Database database, Action<Exception> onFault)
    {
        _connection = database.Open();
        _statements = new StatementSet(_connection);
        _commands = new StepCommands(_statements);
        _onFault = onFault;
        _thread = new Thread(Work) { IsBackground = true, Name = "Embedded history writer" };
        _thread.Start();
    }

    /// <param name="done">Called once the step is on disk; never called when it cannot be written.</param>
    public void Write(Step step, Action done)
    {
        lock (_waiting)
        {
            if (!_ended)
            {
                _waiting.Enqueue((step, done));
                Monitor.Pulse(_waiting);
            }
        }
    }

    public Task WriteAsync(Step step)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Write(step, written.SetResult);
        return written.Task;
    }

    /// <summary>Writes what is waiting, then stops.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _ended = true;
            Monitor.Pulse(_waiting);
        }

        _thread.Join();
        _statements.Dispose();
        _connection.Dispose();
    }

    private void Work()
    {
        var batch = new List<(Step Step, Action Done)>(StepsPerTransaction);
        try
        {
            while (Take(batch))
            {
                Commit(batch);
                foreach (var (_, done) in batch)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(static action => action(), done, preferLocal: false);
                }

                batch.Clear();
            }
        }
        catch (SqliteException e)
        {
            _onFault(e);
        }
    }

    /// <summary>Waits asleep: a thread that spins would take the time of those that write.</summary>
    /// <returns>False once everything is written and nothing more can come.</returns>
    private bool Take(List<(Step Step, Action Done)> batch)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_ended)
            {
                Monitor.Wait(_waiting);
            }

            while (batch.Count < StepsPerTransaction && _waiting.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            return batch.Count > 0;
        }
    }

    private void Commit(List<(Step Step, Action Done)> batch)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var (step, _) in batch)
        {
            _commands.Apply(step, transaction);
        }

        transaction.Commit();
    }
}
