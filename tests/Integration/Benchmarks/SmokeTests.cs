using TlsOrLink.Benchmarks;
using TlsOrLink.Benchmarks.Report;

namespace TlsOrLink.Tests.Integration.Benchmarks;

/// <summary>Keeps the benchmarks from rotting: rows at sizes that mean nothing.</summary>
public sealed class SmokeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("storage-calls")]
    [InlineData("purge")]
    [InlineData("orchestrations")]
    public async Task Measures_a_row(string name)
    {
        var effort = new Effort(Size.Smoke, AppContext.BaseDirectory, output.WriteLine)
        {
            App = Path.Combine(AppContext.BaseDirectory, "TlsOrLink.Functions.dll"),
        };

        var findings = await Run.Row(name).RunAsync(effort);

        output.WriteLine(Table.Text([.. findings]));
        findings.ShouldNotBeEmpty();
        findings.ShouldAllBe(finding => finding.Figure > 0);
    }
}
