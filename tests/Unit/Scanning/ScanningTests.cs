using TlsOrLink.Scanning;

namespace TlsOrLink.Tests.Unit.Scanning;

public sealed class ScanningTests
{
    [Theory]
    [InlineData("stream: OK", nameof(ScanFinding.Clean))]
    [InlineData("stream: Eicar-Test.UNOFFICIAL FOUND", nameof(ScanFinding.Infected))]
    [InlineData("stream: Heuristics.Encrypted.Zip FOUND", nameof(ScanFinding.Unscannable))]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", nameof(ScanFinding.Unscannable))]
    [InlineData("INSTREAM size limit exceeded. ERROR", nameof(ScanFinding.Unscannable))]
    [InlineData("stream: Can't allocate memory ERROR", nameof(ScanFinding.Down))]
    [InlineData("UNKNOWN COMMAND", nameof(ScanFinding.Down))]
    [InlineData("", nameof(ScanFinding.Down))]
    public void What_clamd_says_is_understood(string reply, string finding) =>
        ClamdReply.FindingOf(reply).ToString().ShouldBe(finding);

    [Theory]
    [InlineData(null, nameof(ScanFinding.Down))]
    [InlineData("No threats found", nameof(ScanFinding.Clean))]
    [InlineData("Malicious", nameof(ScanFinding.Infected))]
    [InlineData("Not Scanned", nameof(ScanFinding.Unscannable))]
    public void What_Defender_tags_is_understood(string? tag, string finding) =>
        DefenderScanner.FindingOf(tag).ToString().ShouldBe(finding);

    [Theory]
    [InlineData("127.0.0.1:3310", "127.0.0.1")]
    [InlineData("[::1]:3310", "::1")]
    [InlineData("clamd.internal:1", "clamd.internal")]
    [InlineData("clamd", null)]
    [InlineData(":3310", null)]
    [InlineData("clamd:0", null)]
    [InlineData("clamd:70000", null)]
    public void An_address_has_a_host_and_a_port(string text, string? host) =>
        ClamdAddress.Parse(text)?.Host.ShouldBe(host);

    [Fact]
    public void What_is_known_to_be_harmful_is_never_configured_to_be_sent()
    {
        var check = new ScanningOptionsCheck();

        check.Validate(null, new ScanningOptions { OnInfected = ScanOutcome.Send }).Failed.ShouldBeTrue();
        check.Validate(null, new ScanningOptions { By = ScanBy.Clamd }).Failed.ShouldBeTrue();
        check.Validate(null, new ScanningOptions()).Succeeded.ShouldBeTrue();
    }
}
