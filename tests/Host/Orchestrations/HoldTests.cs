using TlsOrLink.Holding;
using TlsOrLink.Messages;
using TlsOrLink.Tests.Host.World;

namespace TlsOrLink.Tests.Host.Orchestrations;

/// <summary>The hold of a delivery, with and without a replay after every await.</summary>
public sealed class HoldTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_hold_for_a_time_ends_by_itself_and_not_before(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.For(TenMinutes));

        world.Advance(TenMinutes - Second);
        world.Steps.ShouldBeEmpty();
        world.Advance(2 * Second);

        await world.EndsAsync();
        world.Steps.ShouldBe(["begin", "complete"]);
        (await world.MessageAsync()).DecidedBy.ShouldBe("service");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_hold_until_a_moment_ends_at_that_moment(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.UntilAt(HoldWorld.Start.AddDays(30)));

        world.Advance(TimeSpan.FromDays(30) + Second);

        await world.EndsAsync();
        world.Steps.ShouldBe(["begin", "complete"]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_release_begins_the_delivery_at_once_and_leaves_no_timer(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.Manual);

        await world.DecideAsync(Decision.Release);

        await world.EndsAsync();
        world.Steps.ShouldBe(["begin", "complete"]);
        (await world.MessageAsync()).HasNews.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_cancelled_message_is_sent_to_nobody(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.For(TenMinutes));

        await world.DecideAsync(Decision.Cancel);

        await world.EndsAsync();
        world.Steps.ShouldBe(["close"]);
        (await world.RecipientAsync()).ShouldBe(RecipientState.Cancelled);
        (await world.MessageAsync()).State.ShouldBe(MessageState.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task An_approval_is_asked_for_once_and_begins_the_delivery(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.Approval());
        world.Steps.ShouldBe(["take out 0123", "ask"]);
        (await world.WakeAsync()).ShouldBeTrue("a look that finds nothing new");

        await world.DecideAsync(Decision.Approve, "approver:boss");

        await world.EndsAsync();
        world.Steps.ShouldBe(["take out 0123", "ask", "begin", "complete"]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_rejected_message_is_sent_to_nobody_and_its_sender_is_told(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.Approval());

        await world.DecideAsync(Decision.Reject, "approver:boss");

        await world.EndsAsync();
        world.Steps.ShouldBe(["take out 0123", "ask", "mail hold-ended", "close"]);
        (await world.RecipientAsync()).ShouldBe(RecipientState.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task What_nobody_attends_to_expires_and_its_sender_is_told(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.Manual);

        world.Advance(TimeSpan.FromDays(7) - Second);
        world.Steps.ShouldBeEmpty();
        world.Advance(2 * Second);

        await world.EndsAsync();
        world.Steps.ShouldBe(["mail hold-ended", "close"]);
        (await world.MessageAsync()).State.ShouldBe(MessageState.Expired);
        (await world.RecipientAsync()).ShouldBe(RecipientState.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task An_approval_before_its_moment_sets_the_timer_to_the_moment(bool replay)
    {
        var moment = HoldWorld.Start.AddHours(1);
        var order = HoldOrder.Combine(HoldOrder.Approval(), HoldOrder.UntilAt(moment))!;
        await using var world = await HoldWorld.HoldAsync(replay, order);

        await world.DecideAsync(Decision.Approve, "approver:boss");
        await EngineWorld.Until(
            () => Task.FromResult(world.Timer == (moment + Second).UtcDateTime),
            "the timer to be that of the moment"
        );
        world.Advance(TimeSpan.FromHours(1) + Second);

        await world.EndsAsync();
        world.Steps.ShouldBe(["take out 0123", "ask", "begin", "complete"]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_decision_whose_event_was_lost_is_found_in_the_row_when_the_timer_fires(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.For(TenMinutes));

        await world.DecideAsync(Decision.Cancel, wakes: false);
        world.Advance(TenMinutes + Second);

        await world.EndsAsync();
        world.Steps.ShouldBe(["close"], "the row decides, not the timer");
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_decision_before_the_orchestration_was_there_counts(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.Manual, starts: false);
        await world.DecideAsync(Decision.Release, wakes: false);
        (await world.WakeAsync()).ShouldBeFalse("there is nobody to wake");

        await world.StartAsync();

        await world.EndsAsync();
        world.Steps.ShouldBe(["begin", "complete"]);
    }

    [Theory]
    [MemberData(nameof(Modes.Both), MemberType = typeof(Modes))]
    public async Task A_recall_of_a_held_message_ends_it_however_often_it_is_told_of(bool replay)
    {
        await using var world = await HoldWorld.HoldAsync(replay, HoldOrder.Approval());

        await world.DecideAsync(Decision.Cancel, wakes: false);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TryWakeAsync(world)));

        await world.EndsAsync();
        world.Steps.ShouldBe(["take out 0123", "ask", "close"]);
    }

    /// <summary>Raising an event to an instance that has just ended throws: whoever decided was not the first to tell.</summary>
    private static async Task TryWakeAsync(HoldWorld world)
    {
        try
        {
            await world.WakeAsync();
        }
        catch (Exception fault)
        {
            fault.Message.ShouldContain("is already Completed");
        }
    }
}
