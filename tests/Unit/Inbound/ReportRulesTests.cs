using TlsOrLink.Inbound;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Sending;

namespace TlsOrLink.Tests.Unit.Inbound;

public sealed class ReportRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, bool> States =>
        new()
        {
            { nameof(RecipientState.Accepted), true },
            { nameof(RecipientState.Linked), true },
            { nameof(RecipientState.Unconfirmed), true },
            { nameof(RecipientState.Downloaded), false },
            { nameof(RecipientState.Revoked), false },
            { nameof(RecipientState.Expired), false },
            { nameof(RecipientState.Cancelled), false },
            { nameof(RecipientState.Bounced), false },
            { nameof(RecipientState.Undeliverable), false },
            { nameof(RecipientState.Held), false },
            { nameof(RecipientState.Probing), false },
        };

    [Theory]
    [MemberData(nameof(States))]
    public void A_failure_turns_what_was_taken_into_bounced_and_nothing_else(string state, bool turns)
    {
        var row = Row(Enum.Parse<RecipientState>(state));

        ReportRules.Apply(row, Failed("550 5.1.1 no such user"), "id", Now).ShouldBe(turns);

        row.State.ShouldBe(turns ? RecipientState.Bounced : Enum.Parse<RecipientState>(state));
        if (turns)
        {
            (row.LastReplyCode, row.LastReply, row.Reason).ShouldBe(
                (550, "5.1.1 no such user", SendingReasons.Refused)
            );
            DeliveryStatus.StatusOf(row).ShouldBe("5.1.1");
        }
    }

    [Fact]
    public void The_same_report_again_changes_nothing_and_its_sender_is_told_until_somebody_does()
    {
        var row = Row(RecipientState.Accepted);
        ReportRules.Apply(row, Failed("550 no"), "id", Now).ShouldBeTrue();

        ReportRules.Apply(row, Failed("550 no"), "id", Now).ShouldBeFalse();
        ReportRules.IsToBeTold(row, Failed("550 no")).ShouldBeTrue();
        row.ToldIn = 1;
        ReportRules.IsToBeTold(row, Failed("550 no")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("delayed")]
    [InlineData("relayed")]
    [InlineData("delivered")]
    [InlineData("expanded")]
    public void What_is_no_failure_is_noted_and_changes_no_state(string action)
    {
        var row = Row(RecipientState.Accepted);
        var report = Failed("") with { Action = Enum.Parse<ReportedAction>(action, ignoreCase: true) };

        ReportRules.Apply(row, report, "id", Now).ShouldBeTrue();

        row.State.ShouldBe(RecipientState.Accepted);
        ReportRules.IsToBeTold(row, report).ShouldBeFalse();
    }

    [Fact]
    public void A_recipient_who_writes_reports_without_end_fills_no_table_and_hides_no_failure()
    {
        var row = Row(RecipientState.Accepted);
        var delayed = Failed("") with { Action = ReportedAction.Delayed };

        Enumerable.Range(0, 1000).Count(n => ReportRules.Apply(row, delayed, $"{n}", Now)).ShouldBe(30);

        ReportRules.Apply(row, Failed("550 no"), "id", Now).ShouldBeTrue();
        row.State.ShouldBe(RecipientState.Bounced);
    }

    [Fact]
    public void A_report_without_an_SMTP_reply_is_told_by_its_status()
    {
        var row = Row(RecipientState.Accepted);

        ReportRules.Apply(row, Failed("mailbox is full") with { Status = "5.2.2" }, "id", Now);

        (row.LastReplyCode, row.LastReply).ShouldBe((null, "5.2.2 mailbox is full"));
        DeliveryStatus.StatusOf(row).ShouldBe("5.2.2");
    }

    private static ReportedRecipient Failed(string words) => new(ReportedAction.Failed, "5.1.1", words, []);

    private static RecipientRow Row(RecipientState state) =>
        new("0123456789abcdef0123456789abcdef", "0123abcd", 0)
        {
            State = state,
            Route = Route.Tls,
            CreatedAt = Now,
        };
}
