using TlsOrLink.Events;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class LinkExtensionTests
{
    private static readonly LinkRow Revoked = Row() with { RevokedAt = Now };
    private static readonly EventDraft Told = LinkEvents.Revoked(Revoked, "caller:x");
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void A_live_link_may_live_93_days_in_all_and_not_a_second_more()
    {
        var row = Row();
        var latest = row.CreatedAt + LinkOptions.MaxLife;

        LinkExtension.Judge(row, latest, Now + Day).ShouldBe(LinkChange.Done);
        LinkExtension.Judge(row, latest.AddSeconds(1), Now + Day).ShouldBe(LinkChange.TooLong);
    }

    [Fact]
    public void A_link_that_has_ended_or_is_about_to_is_not_extended()
    {
        var row = Row();

        LinkExtension.Judge(row, row.ExpiresAt + Day, row.ExpiresAt - LinkExtension.Margin).ShouldBe(LinkChange.Ended);
        LinkExtension
            .Judge(row, row.ExpiresAt + Day, row.ExpiresAt - LinkExtension.Margin - TimeSpan.FromSeconds(1))
            .ShouldBe(LinkChange.Done);
        LinkExtension.Judge(row.ToTombstone(), row.ExpiresAt, Now).ShouldBe(LinkChange.Ended);
    }

    [Fact]
    public void A_link_that_was_taken_back_stays_so()
    {
        LinkExtension.Judge(Row() with { RevokedAt = Now }, Now + Day, Now).ShouldBe(LinkChange.Revoked);
        LinkExtension.Judge(null, Now + Day, Now).ShouldBe(LinkChange.NotThere);
    }

    [Fact]
    public void Extending_never_shortens()
    {
        var row = Row();

        LinkExtension.EndOf(row, Day, Now).ShouldBe(row.ExpiresAt);
        LinkExtension
            .EndOf(row, 8 * Day, Now.AddTicks(1))
            .ShouldBe(Now + (8 * Day), "in whole seconds, as SAS times are");
    }

    [Theory]
    [InlineData(nameof(RecipientState.Linked), nameof(RecipientState.Revoked))]
    [InlineData(nameof(RecipientState.Downloaded), nameof(RecipientState.Downloaded))]
    [InlineData(nameof(RecipientState.Expired), nameof(RecipientState.Expired))]
    [InlineData(nameof(RecipientState.Sending), nameof(RecipientState.Sending))]
    public void Only_a_recipient_who_has_not_got_the_files_becomes_revoked(string before, string after)
    {
        var recipient = new RecipientRow("m", "a", 0)
        {
            State = Enum.Parse<RecipientState>(before),
            LinkHashes = $"{Row().LinkId},older",
        };

        LinkChanges.Follow(recipient, Revoked, Told).ShouldBeTrue();
        LinkChanges.Follow(recipient, Revoked, Told).ShouldBeFalse("it is told once");
        recipient.State.ToString().ShouldBe(after);
        recipient.Recorded.ShouldHaveSingleItem().Actor.ShouldBe("caller:x");
    }

    [Fact]
    public void An_older_link_of_the_recipient_does_not_say_what_became_of_the_newest()
    {
        var recipient = new RecipientRow("m", "a", 0)
        {
            State = RecipientState.Linked,
            LinkHashes = $"newer,{Row().LinkId}",
        };

        LinkChanges.Follow(recipient, Revoked, Told).ShouldBeTrue();
        recipient.State.ShouldBe(RecipientState.Linked);
    }
}
