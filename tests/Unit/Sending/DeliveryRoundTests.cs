using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Sending;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Sending;

public sealed class DeliveryRoundTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task The_retry_period_of_a_held_message_begins_with_the_end_of_its_hold(bool held, int left)
    {
        var message = Message(MessageState.Stored);
        if (held)
        {
            (message.HoldKind, message.DecidedAt) = (HoldKind.Manual, Now.AddMinutes(-5));
        }

        var work = await BeginAsync(message);

        work.Domains.Count.ShouldBe(left);
        work.RetryDelay.ShouldBe(held ? new DeliveryOptions().FirstRetry * 2 : new DeliveryOptions().LongestRetry);
    }

    [Fact]
    public async Task Nothing_of_a_held_message_may_be_sent() =>
        await Should.ThrowAsync<PermanentFault>(() => BeginAsync(Message(MessageState.Held)));

    [Fact]
    public async Task Nobody_is_left_of_a_message_that_was_cancelled()
    {
        var work = await BeginAsync(Message(MessageState.Cancelled));

        work.Domains.ShouldBeEmpty();
        work.ETag.ShouldBeEmpty("its end is not written over");
    }

    [Fact]
    public async Task Who_waits_for_a_provider_when_a_delivery_is_abandoned_ends_unconfirmed()
    {
        var message = Message(MessageState.Delivering);
        var messages = Chained.Table(new MemoryTables());
        var row = new RecipientRow(Id, message.Attempt, 0) { CreatedAt = message.CreatedAt };
        row.HandOver(Now);
        await messages.AddAsync([message, row], default);

        await Rounds(messages).AbandonAsync(Id, default);

        var left = (await messages.PartitionAsync(Id, default))!.Recipients.ShouldHaveSingleItem();
        (left.State, left.HasFailed).ShouldBe((RecipientState.Unconfirmed, true));
    }

    private static DeliveryRound Rounds(MessageTable messages) =>
        new(
            messages,
            new RowsInHand(TimeProvider.System),
            Options.Create(new DeliveryOptions()),
            new FakeTimeProvider(Now)
        );

    private static MessageRow Message(MessageState state) =>
        new(Id)
        {
            Attempt = "0123abcd",
            State = state,
            CreatedAt = Now.AddDays(-3),
        };

    private static async Task<RoundWork> BeginAsync(MessageRow message)
    {
        var messages = Chained.Table(new MemoryTables());
        await messages.AddAsync(
            [message, new RecipientRow(Id, message.Attempt, 0) { Domain = "partner.example" }],
            default
        );
        return await Rounds(messages).BeginAsync(Id, round: 1, default);
    }
}
