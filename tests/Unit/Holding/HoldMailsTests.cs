using System.Text;
using TlsOrLink.Domains;
using TlsOrLink.Holding;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Holding;

public sealed class HoldMailsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly Uri Page = new("https://links.sender.example/approvals/0123.boss.4567");
    private static readonly MailAddress Boss = MailAddress.Parse("boss@sender.example");

    [Theory]
    [InlineData("Ja", "承認", "2026年1月16日(金) 18:00")]
    [InlineData("En", "Approval needed", "Fri 16 Jan 2026, 18:00 JST")]
    public void The_mail_to_an_approver_has_the_link_and_nothing_of_the_message(
        string language,
        string subject,
        string until
    )
    {
        var mail = HoldMails.Approval(Boss, Message(language, MessageState.Held), Page, At.AddDays(7));

        mail.To.ShouldBe(Boss);
        mail.Subject.ShouldContain(subject);
        mail.Text.Split("\r\n").ShouldContain(Page.AbsoluteUri, "the link stands on a line of its own");
        mail.Text.ShouldContain(until);
        mail.Text.ShouldContain("hanako@sender.example");
        mail.Html.ShouldBeNull();
    }

    [Theory]
    [InlineData("Ja", "Rejected", "差し戻")]
    [InlineData("Ja", "Expired", "期限")]
    [InlineData("En", "Rejected", "Rejected, not sent: Quotation")]
    [InlineData("En", "Expired", "Expired, not sent: Quotation")]
    public void The_sender_is_told_why_nothing_was_sent(string language, string state, string subject)
    {
        var header = new OriginalHeader(Encoding.ASCII.GetBytes(""), "Quotation", "<1@sender.example>");

        var mail = HoldMails.Ended(Boss, Message(language, Enum.Parse<MessageState>(state)), header);

        mail.Subject.ShouldContain(subject);
        (mail.About, mail.IsReply).ShouldBe(("<1@sender.example>", true));
        mail.Text.ShouldContain("0123");
        HoldMails.Ended(Boss, Message(language, MessageState.Expired), header: null).About.ShouldBeNull();
    }

    private static MessageRow Message(string language, MessageState state) =>
        new("0123")
        {
            Sender = "hanako@sender.example",
            State = state,
            CreatedAt = At,
            RecipientCount = 3,
            Language = Enum.Parse<MailLanguage>(language),
        };
}
