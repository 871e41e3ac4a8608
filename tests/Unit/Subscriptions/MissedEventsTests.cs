using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Events;
using TlsOrLink.Storage;
using TlsOrLink.Subscriptions;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Subscriptions;

/// <summary>Two instances over one storage: one makes a subscription, the other writes events before it knows of it.</summary>
public sealed class MissedEventsTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Start = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);
    private readonly MemoryTables tables = new();
    private readonly SubscriptionRooms here;
    private readonly SubscriptionRooms there;

    public MissedEventsTests() => (here, there) = (new(tables, clock), new(tables, clock));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public async Task What_an_instance_wrote_before_it_knew_of_a_subscription_is_found_and_begun_for_it_alone()
    {
        await there.StoreAsync(Id, "kit", Now);
        await there.TellAsync(Id, 0, EventKinds.RecipientAccepted, Now);
        clock.Advance(TimeSpan.FromSeconds(1));
        var made = await here.SubscribeAsync("recipient.delivered");
        clock.Advance(TimeSpan.FromSeconds(30));
        await there.TellAsync(Id, 1, EventKinds.RecipientAccepted, Now);
        await there.TellAsync(Id, 2, EventKinds.RecipientLinked, Now);
        Notes().ShouldBeEmpty("it does not know");

        (await DueAsync()).ShouldBeEmpty("others may not know it yet");
        clock.Advance(SubscriptionRooms.Settings.KnownWithin);
        await there.TellAsync(Id, 3, EventKinds.RecipientAccepted, Now);
        Notes().ShouldBe(["w:r3:00000001"], "now it does");

        var found = await FoundAsync((await DueAsync()).ShouldHaveSingleItem());
        found.Select(order => order.EventId).ShouldBe([$"{Id}.r1.1", $"{Id}.r3.1"]);
        found.ShouldAllBe(order => order.Subscription == made.Id && order.Caller == "kit");
    }

    [Fact]
    public async Task What_is_found_again_is_the_order_that_a_note_would_have_begun()
    {
        await here.StoreAsync(Id, "kit", Now);
        await here.SubscribeAsync("recipient.delivered");
        await here.TellAsync(Id, 0, EventKinds.RecipientAccepted, Now);
        var noted = (await here.Outbox.ReadAsync(Id, 10, Cancellation)).Orders.ShouldHaveSingleItem();
        clock.Advance(TimeSpan.FromMinutes(2));

        var found = await FoundAsync((await DueAsync()).Single());

        found.ShouldHaveSingleItem().Key.ShouldBe(noted.Key);
    }

    [Fact]
    public async Task There_is_a_second_look_for_what_was_still_being_written_and_no_third()
    {
        await there.Book.ReadAsync(Cancellation);
        await there.StoreAsync(Id, "kit", Now);
        await here.SubscribeAsync("recipient.delivered");
        var happened = Now.AddSeconds(50);
        clock.Advance(TimeSpan.FromMinutes(2));
        var first = (await DueAsync()).Single();
        (await FoundAsync(first)).ShouldBeEmpty();
        await here.Missed.CloseAsync(first, Cancellation);
        await there.TellAsync(Id, 0, EventKinds.RecipientAccepted, happened);

        (await DueAsync()).ShouldBeEmpty();
        clock.Advance(TimeSpan.FromMinutes(5));
        var second = (await DueAsync()).Single();
        (await FoundAsync(second)).ShouldHaveSingleItem();
        await here.Missed.CloseAsync(second, Cancellation);

        clock.Advance(TimeSpan.FromDays(1));
        (await DueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_message_that_grew_meanwhile_is_found_and_those_of_other_callers_are_not()
    {
        const string old = "11111111111111111111111111111111";
        const string foreign = "22222222222222222222222222222222";
        await there.StoreAsync(old, "kit", Start.AddDays(-40));
        await there.StoreAsync(foreign, "other", Start.AddDays(-40));
        await there.StoreAsync(Id, "other", Now);
        await there.Book.ReadAsync(Cancellation);
        await here.SubscribeAsync("link.opened");
        clock.Advance(TimeSpan.FromSeconds(10));
        await there.TellAsync(old, 0, EventKinds.LinkOpened, Now, Start.AddDays(-40));
        await there.TellAsync(foreign, 0, EventKinds.LinkOpened, Now, Start.AddDays(-40));
        await there.TellAsync(Id, 0, EventKinds.LinkOpened, Now);
        clock.Advance(TimeSpan.FromMinutes(2));

        (await FoundAsync((await DueAsync()).Single())).ShouldHaveSingleItem().MessageId.ShouldBe(old);
    }

    [Fact]
    public async Task A_subscription_made_before_midnight_is_looked_for_on_both_days()
    {
        clock.SetUtcNow(new DateTimeOffset(2026, 1, 31, 23, 59, 50, TimeSpan.Zero));
        await there.Book.ReadAsync(Cancellation);
        await here.SubscribeAsync("recipient.delivered");
        clock.Advance(TimeSpan.FromSeconds(20));
        await there.StoreAsync(Id, "kit", Now);
        await there.TellAsync(Id, 0, EventKinds.RecipientAccepted, Now);
        clock.Advance(TimeSpan.FromMinutes(2));

        (await FoundAsync((await DueAsync()).Single())).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task For_a_subscription_that_is_gone_nothing_is_looked_for_and_its_row_goes()
    {
        await here.StoreAsync(Id, "kit", Now);
        var made = await here.SubscribeAsync("recipient.delivered");
        await there.TellAsync(Id, 0, EventKinds.RecipientAccepted, Now);
        await here.Desk.RemoveAsync("kit", made.Id, Cancellation);
        clock.Advance(TimeSpan.FromMinutes(2));
        var row = (await DueAsync()).Single();

        (await FoundAsync(row)).ShouldBeEmpty();
        await here.Missed.CloseAsync(row, Cancellation);

        clock.Advance(TimeSpan.FromDays(1));
        (await DueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_of_the_timer_takes_on_whatever_there_is_until_its_time_is_over()
    {
        for (var n = 0; n < 1500; n++)
        {
            await here.Due.InsertAsync(new Due(DueKinds.Event, Now, $"m{n}", $"m{n}"), Cancellation);
        }

        (await here.Outbox.ListAsync(Now, Cancellation).CountAsync(Cancellation)).ShouldBe(1500);

        var begun = Now;
        var taken = 0;
        await foreach (var _ in here.Outbox.ListAsync(begun, Cancellation))
        {
            taken++;
            clock.Advance(EventOutbox.RunTime / 100);
        }

        taken.ShouldBe(100);
    }

    public void Dispose()
    {
        here.Dispose();
        there.Dispose();
    }

    private async Task<IReadOnlyList<Due>> DueAsync() => await here.Missed.ListAsync(Now, Cancellation).ToListAsync();

    private async Task<IReadOnlyList<EventOrder>> FoundAsync(Due row)
    {
        List<EventOrder> found = [];
        if (await here.Missed.WhoseAsync(row, Cancellation) is { } subscription)
        {
            await foreach (var id in here.Missed.MessagesAsync(subscription, Cancellation))
            {
                found.AddRange(await here.Missed.FindAsync(subscription, id, Cancellation));
            }
        }

        return found;
    }

    private IReadOnlyList<string> Notes() =>
        [.. tables.Rows.Keys.Select(key => key.Row).Where(row => row.StartsWith("w:", StringComparison.Ordinal))];
}
