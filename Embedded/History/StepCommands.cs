using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace TlsOrLink.Embedded.History;

/// <summary>The prepared statements that write steps.</summary>
internal sealed class StepCommands(StatementSet all)
{
    private readonly Statement _instance = all.Add(
        "INSERT OR REPLACE INTO instances VALUES($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)"
    );
    private readonly Statement _change = all.Add(
        "UPDATE instances SET status=$2, updated=$3, output=$4, custom=$5, needs_turn=$6, next=$7 WHERE id=$1"
    );
    private readonly Statement _row = all.Add("INSERT INTO history VALUES($1,$2,$3,$4,$5,$6,$7,$8)");
    private readonly Statement _newTimer = all.Add("INSERT OR REPLACE INTO timers VALUES($1,$2,$3,$4)");
    private readonly Statement _oldTimer = all.Add("DELETE FROM timers WHERE run = $1 AND task = $2");
    private readonly Statement _send = all.Add("INSERT INTO letters VALUES($1,$2,$3)");
    private readonly Statement _take = all.Add("DELETE FROM letters WHERE number = $1");
    private readonly Statement _endHistory = all.Add("DELETE FROM history WHERE run = $1");
    private readonly Statement _endTimers = all.Add("DELETE FROM timers WHERE run = $1");
    private readonly Statement _purge = all.Add("DELETE FROM instances WHERE id = $1");
    private readonly Statement _schedule = all.Add("INSERT OR REPLACE INTO schedules VALUES($1,$2)");

    public void Apply(Step step, SqliteTransaction transaction)
    {
        foreach (var run in step.EndedRuns)
        {
            _endHistory.Run(transaction, run);
            _endTimers.Run(transaction, run);
        }

        foreach (var number in step.Taken)
        {
            _take.Run(transaction, number);
        }

        foreach (var (run, task) in step.OldTimers)
        {
            _oldTimer.Run(transaction, run, task);
        }

        if (step.EndedTimersOf is { } ended)
        {
            _endTimers.Run(transaction, ended);
        }

        if (step.Instance is { } instance)
        {
            Save(instance, step, transaction);
        }

        foreach (var letter in step.Sent)
        {
            _send.Run(transaction, letter.Number, letter.To, JsonSerializer.Serialize(letter));
        }

        if (step.Purged is { } id)
        {
            _purge.Run(transaction, id);
        }

        if (step.Schedule is { } schedule)
        {
            _schedule.Run(transaction, schedule.Function, schedule.Last.Ticks);
        }
    }

    private void Save(InstanceRecord i, Step step, SqliteTransaction transaction)
    {
        if (step.Begins)
        {
            Begin(i, transaction);
        }
        else
        {
            _change.Run(
                transaction,
                i.Id,
                (int)i.Status,
                i.UpdatedAt.Ticks,
                i.Output,
                i.CustomStatus,
                i.NeedsTurn,
                i.NextSequence
            );
        }

        foreach (var (sequence, r) in step.Rows)
        {
            _row.Run(transaction, i.Run, sequence, (int)r.Kind, r.TaskId, r.Name, r.Data, r.Extra, r.At.Ticks);
        }

        foreach (var (run, task, due) in step.NewTimers)
        {
            _newTimer.Run(transaction, due.Ticks, run, task, i.Id);
        }
    }

    private void Begin(InstanceRecord i, SqliteTransaction transaction) =>
        _instance.Run(
            transaction,
            i.Id,
            i.Run,
            i.Name,
            i.Version,
            (int)i.Status,
            i.CreatedAt.Ticks,
            i.UpdatedAt.Ticks,
            i.Input,
            i.Output,
            i.CustomStatus,
            i.Parent is null ? null : JsonSerializer.Serialize(i.Parent),
            i.TraceParent,
            i.Tags,
            i.NeedsTurn,
            i.NextSequence
        );
}
