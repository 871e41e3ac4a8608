using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Storage;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

/// <summary>The end of a link comes near: its trail says so once.</summary>
public sealed class ReminderTests
{
    private readonly MemoryTables tables = new();
    private readonly FakeTimeProvider time = new(Now.AddDays(6));

    [Fact]
    public async Task A_crash_before_the_due_row_is_gone_tells_nothing_twice()
    {
        var reminders = await PutAsync(Ending());
        var due = await reminders.ListAsync(default).SingleAsync();

        await reminders.DoneAsync(await reminders.OfAsync(due, default), default);
        await new DueTable(tables).InsertAsync(due, default);
        var again = await reminders.ListAsync(default).SingleAsync();
        await reminders.DoneAsync(await reminders.OfAsync(again, default), default);

        Events().ShouldBe(1);
        (await reminders.ListAsync(default).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void A_link_that_was_extended_is_told_of_anew_and_others_of_its_recipient_apart()
    {
        var recipient = new RecipientRow("m", "a", 3);
        var (one, two) = (Ending(), Ending() with { LinkId = new string('b', 64) });

        Reminders.Tell(recipient, one, Now).ShouldBeTrue();
        Reminders.Tell(recipient, two, Now).ShouldBeTrue();
        Reminders.Tell(recipient, one, Now).ShouldBeFalse();
        Reminders.Tell(recipient, one with { ExpiresAt = one.ExpiresAt.AddDays(1) }, Now).ShouldBeTrue();

        recipient.Recorded.Count.ShouldBe(3);
        recipient.ExpiringTold.Count.ShouldBe(2, "one of each link");
    }

    [Fact]
    public async Task One_that_fails_is_given_up_after_a_day()
    {
        var reminders = await PutAsync(Ending());
        var due = await reminders.ListAsync(default).SingleAsync();

        (await reminders.GiveUpAsync(due, default)).ShouldBeFalse();
        time.Advance(TimeSpan.FromDays(2));
        (await reminders.GiveUpAsync(due, default)).ShouldBeTrue();

        (await reminders.ListAsync(default).ToListAsync()).ShouldBeEmpty();
    }

    private async Task<Reminders> PutAsync(LinkRow link)
    {
        var (due, messages) = (new DueTable(tables), Chained.Table(tables));
        var links = new LinkTable(tables, due);
        await links.CreateAsync([link], default);
        await messages.AddAsync(
            [new RecipientRow(link.MessageId, link.Attempt, link.N) { Address = "taro@partner.example" }],
            default
        );
        return new Reminders(due, links, new Trail(messages), time);
    }

    private int Events() =>
        tables.Rows.Keys.Count(key => key.Row.StartsWith(Keys.EventPrefix, StringComparison.Ordinal));

    private static LinkRow Ending() => Row() with { RemindAt = Now.AddDays(5) };
}
