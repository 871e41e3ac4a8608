using TlsOrLink.Links;
using static TlsOrLink.Tests.Unit.Links.Sample;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class PressesTests
{
    [Fact]
    public void The_first_press_counts()
    {
        var row = Presses.Count(Row(), 1, Now);

        row.Downloads.ShouldBe(1);
        row.LastPressAt.ShouldBe(Now);
    }

    [Fact]
    public void A_second_press_within_ten_minutes_is_the_same_download()
    {
        var first = Presses.Count(Row(), 1, Now);

        Presses.Count(first, 1, Now + Presses.Window - TimeSpan.FromSeconds(1)).ShouldBeSameAs(first);
        Presses.Count(first, 1, Now + Presses.Window).Downloads.ShouldBe(2);
    }

    [Fact]
    public void Every_file_has_a_window_of_its_own()
    {
        var row = Row(File(1), File(2));

        Presses.Count(Presses.Count(row, 1, Now), 2, Now).Downloads.ShouldBe(2);
    }

    [Fact]
    public void The_last_download_may_be_pressed_again_when_it_stops()
    {
        var row = Presses.Count(Row() with { MaxDownloads = 1 }, 1, Now);

        Presses.StateOf(row, 1, Now.AddMinutes(9)).ShouldBe(LinkState.Live);
        Presses.StateOf(row, 1, Now.AddMinutes(10)).ShouldBe(LinkState.UsedUp);
    }

    [Fact]
    public void A_file_that_the_link_does_not_have_is_unknown() =>
        Presses.StateOf(Row(), 2, Now).ShouldBe(LinkState.Unknown);

    [Fact]
    public void An_expired_link_stays_expired_however_lately_it_was_pressed()
    {
        var row = Presses.Count(Row(), 1, Row().ExpiresAt.AddSeconds(-1));

        Presses.StateOf(row, 1, row.ExpiresAt).ShouldBe(LinkState.Expired);
    }
}
