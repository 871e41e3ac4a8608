using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class ReportOptionTests
{
    [Fact]
    public async Task A_report_goes_to_the_callers_own_people()
    {
        var intake = (await ReadAsync("boss@sender.example")).ShouldBeOfType<Intake>();

        intake.Options.ReportTo.ShouldBe("boss@sender.example");
        IntakeRows.Of(intake).Message.ReportTo.ShouldBe("boss@sender.example");
    }

    [Theory]
    [InlineData("a@elsewhere.example")]
    [InlineData("nobody")]
    public async Task And_to_nobody_else(string address) =>
        (await ReadAsync(address)).ShouldBeOfType<IntakeProblem>().Errors.ShouldContainKey("options.reportTo");

    private static Task<IntakeOutcome> ReadAsync(string address) =>
        new Reading().Outcome(
            Reading.Json(
                $$$"""{"sender":"a@sender.example","recipients":"b@x.example","options":{"reportTo":"{{{address}}}"}}"""
            )
        );
}
