using TlsOrLink.Sending;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Sending;

public sealed class FateTests
{
    private static readonly SmtpReply Ok = new(250, "2.1.5", "ok");

    [Theory]
    [InlineData(250, null, Fate.Taken)]
    [InlineData(451, null, Fate.Deferred)]
    [InlineData(421, null, Fate.Deferred)]
    [InlineData(550, "5.7.1", Fate.Refused)]
    [InlineData(554, null, Fate.Refused)]
    [InlineData(552, null, Fate.NotAsItIs)]
    [InlineData(552, "5.2.2", Fate.Refused)]
    [InlineData(550, "5.3.4", Fate.NotAsItIs)]
    internal void The_reply_to_the_final_dot_decides_where_the_recipient_was_taken(
        int code,
        string? enhanced,
        Fate fate
    )
    {
        var result = new TransactionResult(TransactionPhase.Replied, [Ok])
        {
            DataReply = new SmtpReply(code, enhanced, "text"),
        };

        Fates.Of(result, 0).ShouldBe(fate);
    }

    [Theory]
    [InlineData(450, Fate.Deferred)]
    [InlineData(550, Fate.Refused)]
    internal void A_recipient_that_was_refused_shares_nothing_with_those_that_were_taken(int code, Fate fate)
    {
        var result = new TransactionResult(TransactionPhase.Replied, [new SmtpReply(code, null, "no"), Ok])
        {
            DataReply = Ok,
        };

        Fates.Of(result, 0).ShouldBe(fate);
        Fates.Of(result, 1).ShouldBe(Fate.Taken);
    }

    [Fact]
    public void A_lost_reply_to_the_final_dot_is_neither_success_nor_failure()
    {
        var result = new TransactionResult(TransactionPhase.Dot, [Ok, new SmtpReply(550, null, "no")]);

        Fates.Of(result, 0).ShouldBe(Fate.Unconfirmed);
        Fates.Of(result, 1).ShouldBe(Fate.Refused, "the server had refused this one before DATA");
    }

    [Theory]
    [InlineData(TransactionPhase.Envelope)]
    [InlineData(TransactionPhase.Data)]
    internal void A_connection_that_breaks_before_the_final_dot_is_tried_again(TransactionPhase phase) =>
        Fates.Of(new TransactionResult(phase, [Ok]) { Fault = SmtpReasons.Dropped }, 0).ShouldBe(Fate.Deferred);

    [Theory]
    [InlineData(SmtpReasons.TooLarge, Fate.NotAsItIs)]
    [InlineData(SmtpReasons.EightBitNotOffered, Fate.NotAsItIs)]
    [InlineData(SmtpReasons.SmtpUtf8NotOffered, Fate.Refused)]
    internal void What_the_host_cannot_carry_goes_by_link_or_not_at_all(string fault, Fate fate) =>
        Fates.Of(new TransactionResult(TransactionPhase.Envelope, [null]) { Fault = fault }, 0).ShouldBe(fate);
}
