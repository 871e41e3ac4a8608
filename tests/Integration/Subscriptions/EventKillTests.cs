using TlsOrLink.Tests.Integration.Delivery;
using TlsOrLink.Tests.Kit.Processes;
using TlsOrLink.Tests.Kit.Storage;

namespace TlsOrLink.Tests.Integration.Subscriptions;

/// <summary>The app is killed between a change of state and the word of it: the word comes after the restart.</summary>
public sealed class EventKillTests(SubscriptionWorld world) : IClassFixture<SubscriptionWorld>
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    /// <summary>Moments of a delivery; each stands on a call to storage and whether storage does it.</summary>
    public static TheoryData<string, string, bool> Moments =>
        new()
        {
            { "the event and its note are written, and nobody knows", "note", false },
            { "the due row is written, the event is not", "note", true },
            { "the due row is not yet written", "due", true },
            { "the notes are read, nothing is begun", "subscriptions", true },
            { "the pushing is begun, its note is still there", "clear", true },
            { "the note is removed", "clear", false },
        };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task No_event_is_lost(string moment, string call, bool before)
    {
        moment.ShouldNotBeEmpty();
        var domain = $"killed-{call}-{(before ? "before" : "after")}.test";
        await world.AddScriptedAsync(domain);
        var sink = await world.AddSinkAsync();
        var made = await world.SubscribeAsync(new { url = sink.Address });

        string id;
        using (var stall = (await world.World.Storage).StallWhen(Is(call), before))
        {
            id = (await world.Api.SendAsync(new Letter($"a@{domain}"))).Id;
            await stall.Reached.WaitAsync(Patience);
            world.App.Kill();
        }

        await world.App.RestartAsync();

        foreach (var name in new[] { "recipient.delivered", "message.completed" })
        {
            await world.TakenAsync(sink, one => one.Event == name && one.MessageId == id);
        }

        sink.Taken.GroupBy(one => one.Event)
            .ShouldAllBe(group => group.Select(one => one.Id).Distinct().Count() == 1, "an event keeps its id");
        await world.UnsubscribeAsync(made);
    }

    private static Func<StorageCall, bool> Is(string call) =>
        call switch
        {
            "note" => one =>
                one.Entities.Any(entity =>
                    entity.IsWrite
                    && entity.RowKey.StartsWith("w:r", StringComparison.Ordinal)
                    && entity.Method != "DELETE"
                ),
            "clear" => one =>
                one.Method == "DELETE"
                && one.Entities.Any(entity => entity.RowKey.StartsWith("w:r", StringComparison.Ordinal)),
            "due" => one =>
                one.Entities.Any(entity =>
                    entity.Table == "Due"
                    && entity.IsWrite
                    && entity.PartitionKey.StartsWith("event|", StringComparison.Ordinal)
                ),
            _ => one =>
                one.Method == "GET"
                && one.Container == "Subscriptions"
                && one.Filter?.Contains("PartitionKey eq 'kit'", StringComparison.Ordinal) == true,
        };
}
