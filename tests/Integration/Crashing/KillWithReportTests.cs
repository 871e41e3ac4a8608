namespace TlsOrLink.Tests.Integration.Crashing;

public sealed class KillWithReportTests(ReportWorld world, ITestOutputHelper output)
    : KillTests(world, output),
        IClassFixture<ReportWorld>;
