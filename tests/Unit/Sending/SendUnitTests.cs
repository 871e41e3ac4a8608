using TlsOrLink.Messages;
using TlsOrLink.Probing;
using TlsOrLink.Sending;
using TlsOrLink.Smtp;

namespace TlsOrLink.Tests.Unit.Sending;

/// <summary>Who may be tried at another MX host within a round.</summary>
public sealed class SendUnitTests
{
    private static readonly Opening.Ready At1 = At("mx1.d.example");
    private static readonly SmtpReply Ok = new(250, null, "ok");
    private static readonly SmtpReply Later = new(450, null, "greylisted");
    private static readonly SmtpReply Never = new(550, null, "no such user");

    [Fact]
    public void Those_whose_RCPT_was_deferred_move_on_and_the_others_stay()
    {
        var result = new TransactionResult(TransactionPhase.Replied, [Ok, Later, Never]) { DataReply = Ok };

        var (settled, kept, moves) = Unit(3).Part(result, At1);

        settled.Rows.Select(row => row.N).ShouldBe([0, 2]);
        kept.Recipients.ShouldBe([Ok, Never]);
        moves.Rows.Select(row => row.N).ShouldBe([1]);
        moves.Tried.ShouldBe(["mx1.d.example"]);
        moves.Earlier!.Result.Recipients.ShouldBe([Later]);
    }

    [Fact]
    public void A_connection_that_drops_before_RCPT_moves_all()
    {
        var result = new TransactionResult(TransactionPhase.Envelope, [null, null]) { Fault = SmtpReasons.Dropped };

        Unit(2).Part(result, At1).Moves.Rows.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(TransactionPhase.Envelope)]
    [InlineData(TransactionPhase.Data)]
    [InlineData(TransactionPhase.Dot)]
    internal void Whoever_was_taken_at_RCPT_never_moves(TransactionPhase phase)
    {
        var result = new TransactionResult(phase, [Ok]) { Fault = SmtpReasons.Dropped };

        Unit(1).Part(result, At1).Moves.Rows.ShouldBeEmpty("DATA may have begun");
    }

    [Fact]
    public void A_refused_sender_that_may_pass_moves_all()
    {
        var result = new TransactionResult(TransactionPhase.Envelope, [null]) { SenderReply = Later };

        var (_, _, moves) = Unit(1).Part(result, At1);

        moves.Part(result, At("mx2.d.example")).Moves.Tried.Count.ShouldBe(2);
    }

    private static Opening.Ready At(string host) =>
        new(null!, new HostEvidence(host, 0, TlsLevel.Verified, "verified"));

    private static SendUnit Unit(int count) =>
        new([.. Enumerable.Range(0, count).Select(n => new RecipientRow("id", "0123abcd", n))]);
}
