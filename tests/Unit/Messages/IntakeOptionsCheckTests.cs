using Microsoft.Extensions.Configuration;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class IntakeOptionsCheckTests
{
    private const string HostSetting = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, 104_857_599L, true)]
    [InlineData(null, 104_857_600L, false)]
    [InlineData("209715200", 150_000_000L, true)]
    [InlineData("50000000", null, false)]
    public void The_host_must_let_through_what_intake_takes(string? hostLimit, long? maxBytes, bool valid)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(HostSetting, hostLimit)]).Build();
        var options = new IntakeOptions();
        options.MaxBytes = maxBytes ?? options.MaxBytes;

        var result = new IntakeOptionsCheck(configuration).Validate(null, options);

        result.Succeeded.ShouldBe(valid);
        if (!valid)
        {
            var message = result.FailureMessage.ShouldNotBeNull();
            message.ShouldContain("Intake:MaxBytes");
            message.ShouldContain(HostSetting);
        }
    }
}
