using CsCheck;
using TlsOrLink.Pages;

namespace TlsOrLink.Tests.Unit.Pages;

public sealed class HtmlTests
{
    [Fact]
    public void Escapes_what_stands_in_a_hole() =>
        Html.Of($"<p title=\"{"\"'><&"}\">").Text.ShouldBe("<p title=\"&quot;&#x27;&gt;&lt;&amp;\">");

    [Fact]
    public void Takes_its_own_pieces_as_they_are() =>
        Html.Of($"<b>{Html.Of($"<i>{"x"}</i>")}</b>").Text.ShouldBe("<b><i>x</i></b>");

    [Fact]
    public void Keeps_Japanese_readable() => Html.Of($"{"御見積書"}").Text.ShouldBe("御見積書");

    [Fact]
    public void No_text_can_leave_its_hole() =>
        Gen.String.Sample(text => Html.Of($"<a href=\"{text}\">").Text[9..^2].IndexOfAny(['<', '>', '"', '\'']) < 0);

    [Fact]
    public void Refuses_a_style_sheet_that_ends_its_element() =>
        Should.Throw<ArgumentException>(() => Html.StyleSheet("a{}</style><script>"));
}
