using TlsOrLink.Links;

namespace TlsOrLink.Tests.Unit.Links;

public sealed class ReaderTests
{
    private const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

    private const string Phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    [Theory]
    [InlineData(Chrome, "Person", "navigation")]
    [InlineData(Phone, "Person", "navigation")]
    [InlineData("", "Scanner", "program")]
    [InlineData("curl/8.14.1", "Scanner", "program")]
    [InlineData("python-requests/2.32", "Scanner", "program")]
    [InlineData("Go-http-client/2.0", "Scanner", "program")]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Scanner", "known-scanner")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) BingPreview/1.0b", "Scanner", "known-scanner")]
    [InlineData("Mozilla/5.0 (compatible; Barracuda Sentinel)", "Scanner", "known-scanner")]
    [InlineData("Mozilla/5.0 (Windows; Mimecast)", "Scanner", "known-scanner")]
    [InlineData("facebookexternalhit/1.1;line-poker/1.0", "Scanner", "known-scanner")]
    [InlineData("Slackbot-LinkExpanding 1.0", "Scanner", "known-scanner")]
    public void A_user_agent_tells_programs_from_browsers(string agent, string kind, string sign) =>
        Judge(Person with { UserAgent = agent }).ShouldBe((kind, sign));

    [Theory]
    [InlineData("prefetch")]
    [InlineData("prefetch;prerender")]
    [InlineData("preview")]
    [InlineData("PREFETCH;anonymous-client-ip")]
    public void What_is_fetched_ahead_is_nobodys_reading(string purpose) =>
        Judge(Person with { Purpose = purpose }).ShouldBe(("Scanner", "prefetch"));

    [Fact]
    public void Each_other_sign_counts()
    {
        Judge(Person with { IsHead = true }).ShouldBe(("Scanner", "head"));
        Judge(Person with { HasLanguage = false }).ShouldBe(("Scanner", "no-language"));
        Judge(Person with { IsMany = true }).ShouldBe(("Unclear", "many"));
        Judge(Person with { Since = TimeSpan.FromSeconds(4) }).ShouldBe(("Unclear", "too-soon"));
        Judge(Person with { UserAgent = Chrome.Replace("Chrome/", "HeadlessChrome/", StringComparison.Ordinal) })
            .ShouldBe(("Unclear", "driven"));
        Judge(Person with { IsNavigation = false }).ShouldBe(("Unclear", "browser"));
    }

    [Fact]
    public void The_surest_sign_is_told() =>
        Judge(new ReaderSigns(IsHead: true, "curl/8", "prefetch", HasLanguage: false)).ShouldBe(("Scanner", "head"));

    private static ReaderSigns Person =>
        new(IsHead: false, Chrome, Purpose: "", HasLanguage: true)
        {
            IsNavigation = true,
            Since = TimeSpan.FromMinutes(5),
        };

    private static (string, string) Judge(ReaderSigns signs)
    {
        var reader = Reader.Of(signs);
        return ($"{reader.Kind}", reader.Sign);
    }
}
