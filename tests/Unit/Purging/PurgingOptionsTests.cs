using Microsoft.Extensions.Hosting.Internal;
using TlsOrLink.Purging;

namespace TlsOrLink.Tests.Unit.Purging;

public sealed class PurgingOptionsTests
{
    [Theory]
    [InlineData("Production", "00:10:00", true)]
    [InlineData("Production", "00:09:59", false)]
    [InlineData("Production", "7.00:00:01", false)]
    [InlineData("Development", "00:00:01", true)]
    [InlineData("Development", "00:00:00", false)]
    public void A_request_under_way_is_no_orphan(string environment, string age, bool isTaken)
    {
        var check = new PurgingOptionsCheck(new HostingEnvironment { EnvironmentName = environment });

        var result = check.Validate(name: null, new PurgingOptions { OrphanAge = TimeSpan.Parse(age) });

        (
            result.Succeeded,
            result.FailureMessage?.Contains("Purging:OrphanAge", StringComparison.Ordinal) ?? true
        ).ShouldBe((isTaken, true));
    }
}
