using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TlsOrLink.Messages;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Starts the orchestration of a message, once however often it is asked for.</summary>
internal static class DeliveryStart
{
    /// <summary>Runs after the first before a person must look.</summary>
    public const int MaxRuns = 3;

    private static readonly string[] AllStatuses = Enum.GetNames<OrchestrationRuntimeStatus>();

    /// <summary>The instance id of the message's <paramref name="run"/>th run: its id, then <c>{id}~1</c> and so on.</summary>
    public static string InstanceId(string id, int run) =>
        run == 0 ? id : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}~{run}");

    /// <summary>The run of an instance id.</summary>
    public static int RunOf(string instanceId) =>
        instanceId.Split('~') is [_, var run]
        && int.TryParse(run, System.Globalization.CultureInfo.InvariantCulture, out var k)
            ? k
            : 0;

    /// <summary>Starts a run unless it was started before, in whatever status it is now.</summary>
    public static Task StartAsync(
        DurableTaskClient client,
        MessageRow message,
        int run,
        CancellationToken cancellation
    ) =>
        StartOnceAsync(
            client,
            nameof(DeliverMessage),
            InstanceId(message.Id, run),
            new DeliverMessage.Input(message.Id, Held: message.StartsHeld),
            cancellation
        );

    /// <summary>Starts an orchestration unless its instance id was ever used.</summary>
    public static async Task StartOnceAsync(
        DurableTaskClient client,
        string orchestrator,
        string instanceId,
        object input,
        CancellationToken cancellation
    )
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator,
                input,
                new StartOrchestrationOptions(instanceId) { DedupeStatuses = AllStatuses },
                cancellation
            );
        }
        catch (Exception)
        {
            // The exception's type for "exists" differs between versions of the engine; that it exists does not.
            if (await client.GetInstanceAsync(instanceId, cancellation) is null)
            {
                throw;
            }
        }
    }
}
