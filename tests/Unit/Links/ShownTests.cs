using CsCheck;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class ShownTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KB")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(10_240, "10 KB")]
    [InlineData(1_048_575, "1 MB")]
    [InlineData(23_456_789, "22 MB")]
    [InlineData(1_073_741_824, "1 GB")]
    [InlineData(5_497_558_138_880, "5 TB")]
    public void Sizes_read_as_in_a_file_manager(long bytes, string shown) => HumanSize.Of(bytes).ShouldBe(shown);

    [Fact]
    public void An_expiry_reads_as_in_the_wording_in_both_languages()
    {
        var at = new DateTimeOffset(2026, 1, 9, 9, 0, 59, TimeSpan.Zero);

        ShownTime.Of(at, MailLanguage.Ja).ShouldBe("2026年1月9日(金) 18:00");
        ShownTime.Of(at, MailLanguage.En).ShouldBe("Fri 9 Jan 2026, 18:00 JST");
    }

    [Theory]
    [InlineData("a\u202Eb\u2066c\u200Fd\uFEFFe", "abcde")]
    [InlineData("  a \r\n\t b\u3000c  ", "a b c")]
    [InlineData("a\u2028b\u0085c", "a b c")]
    public void Text_from_outside_is_one_line_without_invisible_characters(string text, string shown) =>
        ShownText.OneLine(text).ShouldBe(shown);

    [Fact]
    public void Marks_heaped_on_one_character_are_dropped() =>
        ShownText.OneLine("e" + new string('\u0301', 500)).ShouldBe("e" + new string('\u0301', 3));

    [Fact]
    public void Any_text_becomes_a_short_visible_line() =>
        Gen.String[0, 600]
            .Sample(text =>
            {
                var shown = ShownText.OneLine(text, 50);
                return !shown.Any(char.IsControl) && shown.EnumerateRunes().Count() <= 50 * 4;
            });

    [Theory]
    [InlineData(null, null, "ja")]
    [InlineData("en", "ja", "en")]
    [InlineData("fr", "en-US,en;q=0.9,ja;q=0.8", "en")]
    [InlineData(null, "fr, ja;q=0.2, en;q=0.1", "ja")]
    [InlineData(null, "en;q=0, fr", "ja")]
    [InlineData(null, ";;;,q=,,", "ja")]
    public void The_reader_chooses_then_the_browser_then_the_message(string? chosen, string? header, string expected) =>
        Languages.Choose(chosen, header, MailLanguage.Ja).Tag().ShouldBe(expected);
}
