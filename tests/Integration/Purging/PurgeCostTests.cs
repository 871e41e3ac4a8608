using TlsOrLink.Purging;
using TlsOrLink.Tests.Integration.Links;

namespace TlsOrLink.Tests.Integration.Purging;

public sealed class PurgeCostTests(ITestOutputHelper output)
{
    private const int Kinds = 6;

    [Fact]
    public async Task A_day_with_nothing_due_costs_a_call_for_each_kind_and_two_for_the_watermarks()
    {
        await using var world = await PlainRooms.StartAsync();
        await StoredMessage.NewAsync(world.Rooms, TimeSpan.FromDays(30), isFinished: false);
        var (purge, now) = (world.Rooms.Get<ExpiredPurge>(), DateTimeOffset.UtcNow);
        await purge.RunAsync(now, default);
        var before = world.Proxy.Calls.Count;

        await purge.RunAsync(now.AddHours(24), default);
        var day = world.Proxy.Calls.Count - before;
        await purge.RunAsync(now.AddHours(24), default);
        var again = world.Proxy.Calls.Count - before - day;

        output.WriteLine($"Storage calls of an idle run: {day} after 24 hours, {again} within the same hour.");
        day.ShouldBe(Kinds + 2);
        again.ShouldBe(Kinds + 1);
    }

    [Fact]
    public async Task A_run_reads_what_is_due_and_nothing_of_the_rest()
    {
        await using var world = await PlainRooms.StartAsync();
        List<StoredMessage> live = [];
        List<StoredMessage> expiring = [];
        for (var i = 0; i < 50; i++)
        {
            var isExpiring = i % 10 == 0;
            var life = isExpiring ? TimeSpan.FromHours(1) : TimeSpan.FromDays(7);
            (isExpiring ? expiring : live).Add(await StoredMessage.NewAsync(world.Rooms, life, recipients: 1));
        }

        var before = world.Proxy.Calls.Count;
        var run = await world.Rooms.Get<ExpiredPurge>().RunAsync(DateTimeOffset.UtcNow.AddHours(2), default);
        var calls = world.Proxy.CallsSince(before);

        output.WriteLine($"Storage calls for {run.Links} expired of 50 links: {calls.Count}.");
        run.Links.ShouldBe(expiring.Count);
        var touched = string.Join('\n', calls);
        live.ShouldAllBe(message => !touched.Contains(message.Id) && !touched.Contains(message.Links[0].Row.LinkId));
        calls.Count.ShouldBeLessThanOrEqualTo(Kinds + 2 + (12 * expiring.Count));
    }
}
