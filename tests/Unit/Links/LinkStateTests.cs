using TlsOrLink.Links;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class LinkStateTests
{
    [Fact]
    public void A_link_that_is_not_in_the_table_is_unknown() =>
        LinkJudge.StateAt(null, Now).ShouldBe(LinkState.Unknown);

    [Fact]
    public void A_link_lives_up_to_its_expiry_and_not_at_it()
    {
        var row = Row();

        LinkJudge.StateAt(row, row.ExpiresAt.AddTicks(-1)).ShouldBe(LinkState.Live);
        LinkJudge.StateAt(row, row.ExpiresAt).ShouldBe(LinkState.Expired);
    }

    [Fact]
    public void A_tombstone_is_expired_whatever_its_columns_say() =>
        LinkJudge.StateAt(Row().ToTombstone(), Now).ShouldBe(LinkState.Expired);

    [Fact]
    public void Revoked_outranks_expired_and_survives_the_purge()
    {
        var row = Row() with { RevokedAt = Now };

        LinkJudge.StateAt(row, Now).ShouldBe(LinkState.Revoked);
        LinkJudge.StateAt(row, row.ExpiresAt.AddDays(1)).ShouldBe(LinkState.Revoked);
        LinkJudge.StateAt(row.ToTombstone(), row.ExpiresAt.AddDays(1)).ShouldBe(LinkState.Revoked);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void A_link_with_a_limit_is_live_below_it(int max, int used) =>
        LinkJudge.StateAt(Row() with { MaxDownloads = max, Downloads = used }, Now).ShouldBe(LinkState.Live);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void A_link_with_a_limit_is_used_up_at_it(int max, int used) =>
        LinkJudge.StateAt(Row() with { MaxDownloads = max, Downloads = used }, Now).ShouldBe(LinkState.UsedUp);

    [Fact]
    public void A_tombstone_keeps_no_name()
    {
        var tombstone = Row().ToTombstone();

        tombstone.Files.ShouldBeEmpty();
        (tombstone.Sender + tombstone.SenderName).ShouldBeEmpty();
    }
}
