using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Links;

namespace TlsOrLink.Functions.Timers;

/// <summary>Reminds recipients of files that nobody has fetched and that go soon. On the schedule of the purge, before whose time they must be told.</summary>
internal sealed class RemindRecipients(Reminders reminders, EventPush push)
{
    [Function(nameof(RemindRecipients))]
    public async Task RunAsync(
        [TimerTrigger("%Purging:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        await foreach (var reminder in reminders.ListAsync(cancellation))
        {
            if (reminder.Mail is { } mail)
            {
                await OwnMailStart.StartAsync(client, mail, cancellation);
            }

            await reminders.DoneAsync(reminder, cancellation);
            await push.FlushAsync(client);
        }
    }
}
