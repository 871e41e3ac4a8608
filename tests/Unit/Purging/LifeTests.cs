using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Unit.Purging;

public sealed class LifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Completed", null, true)]
    [InlineData("Completed", 0, true)]
    [InlineData("Completed", 1, false)]
    [InlineData("Delivering", null, false)]
    [InlineData("Delivering", -60, false)]
    public void Files_go_once_the_message_is_finished_and_no_link_is_live(string state, int? linksUntil, bool go)
    {
        var message = new MessageRow("m")
        {
            State = Enum.Parse<MessageState>(state),
            LinksUntil = linksUntil is { } seconds ? Now.AddSeconds(seconds) : null,
        };

        message.LetsFilesGo(Now).ShouldBe(go);
    }

    [Theory]
    [InlineData("Linked", 0, true)]
    [InlineData("Linked", null, true)]
    [InlineData("Linked", 1, false)]
    [InlineData("Downloaded", 0, false)]
    [InlineData("Revoked", 0, false)]
    [InlineData("Accepted", null, false)]
    public void A_recipient_expires_unless_something_outranks_it(string state, int? linkExpires, bool expired)
    {
        var recipient = new RecipientRow("m", "a", 0)
        {
            State = Enum.Parse<RecipientState>(state),
            LinkExpiresAt = linkExpires is { } seconds ? Now.AddSeconds(seconds) : null,
        };

        ExpiredRecipients.IsExpired(recipient, Now).ShouldBe(expired);
    }

    [Fact]
    public void The_same_message_gives_the_same_due_rows_however_often()
    {
        var dues = new ContentDue(Options.Create(new PurgingOptions()));
        var message = new MessageRow("m") { CreatedAt = Now.AddDays(-1), CompletedAt = Now };

        dues.Of(message, Now).ShouldBe(new Due(DueKinds.Content, Now.AddDays(1), "m", "m"));
        dues.AuditOf(message, Now).ShouldBe(new Due(DueKinds.Audit, Now.AddDays(1095), "m", "m"));
    }

    [Fact]
    public void Nothing_falls_due_in_hours_that_the_purge_has_left_behind()
    {
        var dues = new ContentDue(
            Options.Create(new PurgingOptions { ContentLife = TimeSpan.Zero, AuditPeriod = TimeSpan.FromDays(1) })
        );
        var message = new MessageRow("m") { CreatedAt = Now.AddDays(-40), CompletedAt = Now.AddDays(-30) };

        new[] { dues.Of(message, Now), dues.AuditOf(message, Now) }.Select(due => due.At).ShouldAllBe(at => at == Now);
    }
}
