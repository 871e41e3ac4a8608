using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Callers;

namespace TlsOrLink.Tests.Unit.Callers;

public sealed class MessageBudgetTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_caller_has_its_burst_and_then_its_rate_and_no_other_caller_pays_for_it()
    {
        var budget = New(new MessageBudgetOptions { MessagesPerMinute = 60, MessageBurst = 3 });

        Enumerable.Range(0, 3).Select(_ => budget.TryTakeMessage("a")).ShouldAllBe(wait => wait == null);
        budget.TryTakeMessage("a").ShouldBe(TimeSpan.FromSeconds(1));
        budget.TryTakeMessage("b").ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        budget.TryTakeMessage("a").ShouldBeNull();
        budget.TryTakeMessage("a").ShouldNotBeNull();
    }

    [Fact]
    public void Recipients_come_back_over_the_day_and_those_who_were_not_sent_to_at_once()
    {
        var budget = New(new MessageBudgetOptions { RecipientsPerDay = 100 });

        budget.TryTakeRecipients("a", 80).ShouldBeNull();
        budget.TryTakeRecipients("a", 50).ShouldBe(TimeSpan.FromDays(0.3));
        budget.ReturnRecipients("a", 40);
        budget.TryTakeRecipients("a", 50).ShouldBeNull();
        clock.Advance(TimeSpan.FromDays(1));
        budget.TryTakeRecipients("a", 100).ShouldBeNull();
    }

    [Fact]
    public void A_message_that_was_none_is_given_back_and_never_more_than_the_burst()
    {
        var budget = New(new MessageBudgetOptions { MessagesPerMinute = 1, MessageBurst = 1 });
        budget.TryTakeMessage("a").ShouldBeNull();

        budget.ReturnMessage("a");
        budget.ReturnMessage("a");

        budget.TryTakeMessage("a").ShouldBeNull();
        budget.TryTakeMessage("a").ShouldNotBeNull();
    }

    [Fact]
    public void What_goes_on_over_the_budget_and_is_given_back_makes_it_no_larger()
    {
        var budget = New(
            new MessageBudgetOptions
            {
                MessagesPerMinute = 1,
                MessageBurst = 1,
                RecipientsPerDay = 10,
            }
        );
        budget.TryTakeMessage("a").ShouldBeNull();
        budget.TryTakeRecipients("a", 10).ShouldBeNull();

        budget.LendMessage("a");
        budget.LendRecipients("a", 25);
        budget.ReturnMessage("a");
        budget.ReturnRecipients("a", 25);

        budget.TryTakeMessage("a").ShouldBe(TimeSpan.FromMinutes(1));
        budget.TryTakeRecipients("a", 1).ShouldNotBeNull();
    }

    private MessageBudget New(MessageBudgetOptions options) => new(Options.Create(options), clock);
}
