using Microsoft.DurableTask.Client;

namespace TlsOrLink.Functions.Orchestration;

/// <summary>Makes the orchestration of a message look at the message's row.</summary>
internal static class DeliveryWake
{
    /// <summary>Raises the event to the run that is under way; where there is none, whoever starts one lets it look first.</summary>
    /// <returns>There was one.</returns>
    public static async Task<bool> RaiseAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        for (var run = 0; run <= DeliveryStart.MaxRuns; run++)
        {
            var instanceId = DeliveryStart.InstanceId(id, run);
            switch (await client.GetInstanceAsync(instanceId, cancellation))
            {
                case null:
                    return false;
                case { IsCompleted: false }:
                    await client.RaiseEventAsync(instanceId, HoldWait.Changed, "", cancellation);
                    return true;
            }
        }

        return false;
    }
}
