using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Telemetry;

namespace TlsOrLink.Tests.Unit.Telemetry;

public sealed class LatestTests
{
    [Fact]
    public void A_gauge_says_what_was_seen_last_and_falls_silent_when_that_is_old()
    {
        var clock = new FakeTimeProvider();
        using var meter = new Meter("LatestTests");
        List<double> told = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter == meter)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => told.Add(value));
        listener.Start();
        var gauge = new Latest(meter, "latest", "s", "For the test.", clock);

        listener.RecordObservableInstruments();
        told.ShouldBeEmpty("nothing was seen yet");

        gauge.Set(3);
        gauge.Set(5);
        listener.RecordObservableInstruments();
        told.ShouldBe([5]);

        clock.Advance(Latest.Life);
        listener.RecordObservableInstruments();
        told.ShouldBe([5], "another instance may see to it now");
    }
}
