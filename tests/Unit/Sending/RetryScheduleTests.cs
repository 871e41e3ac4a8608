using TlsOrLink.Sending;

namespace TlsOrLink.Tests.Unit.Sending;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryOptions Options = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(1_000_000, 60)]
    public void Waits_double_up_to_the_longest(int round, int minutes) =>
        RetrySchedule.DelayAfter(round, Created, Created, Options).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void The_last_wait_ends_with_the_retry_period() =>
        RetrySchedule
            .DelayAfter(9, Created, Created + TimeSpan.FromHours(23.5), Options)
            .ShouldBe(TimeSpan.FromMinutes(30));

    [Fact]
    public void A_wait_is_never_shorter_than_a_second() =>
        RetrySchedule.DelayAfter(9, Created, Created + TimeSpan.FromDays(2), Options).ShouldBe(TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void The_period_is_over_at_its_very_end(int seconds, bool over) =>
        RetrySchedule
            .IsOver(Created, Created + Options.RetryPeriod + TimeSpan.FromSeconds(seconds), Options)
            .ShouldBe(over);
}
