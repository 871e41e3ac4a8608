using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class NotedPagesTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Knows_a_link_until_its_page_may_be_noted_again()
    {
        var noted = new NotedPages(clock);
        noted.Has("link").ShouldBeFalse();

        noted.Add("link", clock.GetUtcNow() + Landings.Window);

        noted.Has("link").ShouldBeTrue();
        noted.Has("other").ShouldBeFalse();
        clock.Advance(Landings.Window);
        noted.Has("link").ShouldBeFalse("the row is read again");
    }

    [Fact]
    public void Forgets_rather_than_grow_without_end()
    {
        var noted = new NotedPages(clock);
        var until = clock.GetUtcNow() + Landings.Window;

        for (var i = 0; i <= 20_000; i++)
        {
            noted.Add($"link {i}", until);
        }

        noted.Has("link 0").ShouldBeFalse();
        noted.Has("link 20000").ShouldBeTrue();
    }
}
