using System.Diagnostics.Metrics;

namespace TlsOrLink.Telemetry;

/// <summary>
/// A gauge of what a timer saw last. It says nothing once that is old: timers move between instances, and one that sees to nothing any
/// more must not go on saying what was.
/// </summary>
internal sealed class Latest
{
    /// <summary>Longer than the schedules by several runs.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(16);

    private readonly TimeProvider _clock;
    private Seen? _seen;

    public Latest(Meter meter, string name, string unit, string description, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        meter.CreateObservableGauge(name, Observe, unit, description);
    }

    private sealed record Seen(double Value, long At);

    /// <summary>Tells what was seen.</summary>
    public void Set(double value) => Volatile.Write(ref _seen, new Seen(value, _clock.GetTimestamp()));

    private IEnumerable<Measurement<double>> Observe() =>
        Volatile.Read(ref _seen) is { } seen && _clock.GetElapsedTime(seen.At) < Life
            ? [new Measurement<double>(seen.Value)]
            : [];
}
