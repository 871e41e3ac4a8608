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
    [InlineData("50000000", null, true)]
    [InlineData("50000000", 50_000_000L, false)]
    public void The_host_must_let_through_what_intake_takes(string? hostLimit, long? maxBytes, bool valid)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(HostSetting, hostLimit)]).Build();
        var check = new IntakeOptionsCheck(configuration);
        var options = new IntakeOptions();
        check.Configure(options);
        options.MaxBytes = maxBytes ?? options.MaxBytes;

        var result = check.Validate(null, options);

        result.Succeeded.ShouldBe(valid);
        if (!valid)
        {
            var message = result.FailureMessage.ShouldNotBeNull();
            message.ShouldContain("Intake:MaxBytes");
            message.ShouldContain(HostSetting);
        }
    }

    [Theory]
    [InlineData(null, 104_857_599)]
    [InlineData("210000000", 140_000_000)]
    public void Takes_an_attachment_of_100_MB_as_base64_where_the_host_does(string? hostLimit, long maxBytes)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(HostSetting, hostLimit)]).Build();
        var options = new IntakeOptions();

        new IntakeOptionsCheck(configuration).Configure(options);

        options.MaxBytes.ShouldBe(maxBytes);
    }
}
