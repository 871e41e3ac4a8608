using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Tests.Unit.Infra;

/// <summary>Dashboards, alerts and the page on operations name the metrics that there are, and all of them.</summary>
public sealed partial class DashboardTests
{
    [Theory]
    [InlineData("infra/dashboard/workbook.json")]
    [InlineData("docs/operations.md")]
    public async Task Names_every_metric_and_no_other(string file)
    {
        var named = Names()
            .Matches(await ReadAsync(file))
            .Select(match => match.Value)
            .ToHashSet(StringComparer.Ordinal);
        HashSet<string> tags = [.. Tags()];

        named.Except(tags).ShouldBe(Instruments().Select(instrument => instrument.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task Grafana_names_every_metric_as_Prometheus_has_it()
    {
        var text = await ReadAsync("infra/dashboard/grafana.json");
        foreach (var instrument in Instruments())
        {
            text.ShouldContain(PrometheusName(instrument));
        }

        PrometheusNames()
            .Matches(text)
            .Select(match => match.Value)
            .Except(Tags().Select(tag => tag.Replace('.', '_')), StringComparer.Ordinal)
            .Where(name =>
                !Instruments().Any(instrument => name.StartsWith(PrometheusName(instrument), StringComparison.Ordinal))
            )
            .ShouldBeEmpty("there is no such metric");
    }

    [Fact]
    public async Task Alerts_ask_for_metrics_that_there_are()
    {
        var asked = Names()
            .Matches(await ReadAsync("infra/modules/monitoring.bicep"))
            .Select(match => match.Value)
            .Except(Tags(), StringComparer.Ordinal);

        asked.Except(Instruments().Select(instrument => instrument.Name), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_alert_has_its_place_in_the_runbook()
    {
        var runbook = await ReadAsync("docs/operations.md");
        var alerts = AlertNames().Matches(await ReadAsync("infra/modules/monitoring.bicep")).ToList();

        alerts.Count.ShouldBeGreaterThan(4);
        alerts.Select(alert => alert.Groups["name"].Value).ShouldAllBe(name => runbook.Contains($"\n## {name}\n"));
    }

    private static IReadOnlyList<Instrument> Instruments()
    {
        RuntimeHelpers.RunClassConstructor(typeof(Measures).TypeHandle);
        List<Instrument> found = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Measures.MeterName)
                {
                    found.Add(instrument);
                }
            },
        };
        listener.Start();
        return found;
    }

    private static IEnumerable<string> Tags() =>
        [
            MeasureTags.Cache,
            MeasureTags.Event,
            MeasureTags.Level,
            MeasureTags.MessageId,
            MeasureTags.Outcome,
            MeasureTags.Route,
            MeasureTags.State,
        ];

    private static string PrometheusName(Instrument instrument) =>
        instrument.Name.Replace('.', '_')
        + (instrument.Unit == "s" ? "_seconds" : "")
        + (instrument is Counter<long> ? "_total" : "");

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "..", file), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"tlsorlink\.[a-z]+(\.[a-z]+)*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex("tlsorlink_[a-z_]+", RegexOptions.CultureInvariant)]
    private static partial Regex PrometheusNames();

    [GeneratedRegex("(?m)^    name: '(?<name>[a-z0-9-]+)'\r?$", RegexOptions.CultureInvariant)]
    private static partial Regex AlertNames();
}
