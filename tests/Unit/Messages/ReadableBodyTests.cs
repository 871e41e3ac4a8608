using MimeKit;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class ReadableBodyTests
{
    [Theory]
    [InlineData("<p>Hello <b>there</b></p><p>second</p>", "Hello there|second")]
    [InlineData("<style>p{}</style><script>alert(1)</script>visible", "visible")]
    [InlineData("a<br>b &amp; c &lt;script&gt;", "a|b & c <script>")]
    [InlineData("<title>not shown</title><div>shown</div>", "shown")]
    [InlineData("<script>alert(1)", "")]
    public void Html_becomes_the_words_that_it_shows(string html, string text)
    {
        using var message = new MimeMessage
        {
            Subject = "s",
            Body = new TextPart("html") { Text = html },
        };

        ReadableBody.Of(message).Text.ReplaceLineEndings("|").ShouldBe(text);
    }

    [Fact]
    public void Plain_text_comes_first_and_a_muchone_is_cut()
    {
        var much = new string('x', ReadableBody.MaxCharacters + 1);
        using var message = new MimeMessage
        {
            Subject = "件名",
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = much },
                new TextPart("html") { Text = "<p>other</p>" },
            },
        };

        var body = ReadableBody.Of(message);

        (body.Subject, body.Text.Length, body.IsCut).ShouldBe(("件名", ReadableBody.MaxCharacters, true));
    }
}
