using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;
using TlsOrLink.Storage;

namespace TlsOrLink.Functions.Timers;

/// <summary>Reminds recipients of files that nobody has fetched and that go soon. On the schedule of the purge, before whose time they must be told.</summary>
internal sealed partial class RemindRecipients(Reminders reminders, EventPush push, ILogger<RemindRecipients> logger)
{
    [Function(nameof(RemindRecipients))]
    public async Task RunAsync(
        [TimerTrigger("%Purging:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        await foreach (var row in reminders.ListAsync(cancellation))
        {
            await RemindGuardedAsync(client, row, cancellation);
        }
    }

    /// <summary>One that fails must not keep the others from their turn; within a day it is tried again.</summary>
    private async Task RemindGuardedAsync(DurableTaskClient client, Due row, CancellationToken cancellation)
    {
        try
        {
            await RemindAsync(client, row, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(row.MessageId, fault.GetType().Name, await reminders.GiveUpAsync(row, cancellation));
        }
    }

    private async Task RemindAsync(DurableTaskClient client, Due row, CancellationToken cancellation)
    {
        var reminder = await reminders.OfAsync(row, cancellation);
        if (reminder.Mail is { } mail)
        {
            await OwnMailStart.StartAsync(client, mail, cancellation);
        }

        await reminders.DoneAsync(reminder, cancellation);
        await push.FlushAsync(client);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A recipient of message {Id} could not be reminded: {Cause}. Given up: {IsOver}; else the next run tries again"
    )]
    private partial void LogFailed(string id, string cause, bool isOver);
}
