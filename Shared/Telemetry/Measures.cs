using System.Diagnostics.Metrics;

namespace TlsOrLink.Telemetry;

/// <summary>The product's metrics, by OpenTelemetry's rules for names and units; explained in <c>docs/operations.md</c>.</summary>
internal static class Measures
{
    /// <summary>Name of the <see cref="Meter"/>.</summary>
    public const string MeterName = "TlsOrLink";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Messages that intake took.</summary>
    public static readonly Counter<long> Messages = Meter.CreateCounter<long>(
        "tlsorlink.messages",
        "{message}",
        "Messages that intake took."
    );

    /// <summary>What was written of recipients, by route and state: one that is deferred twice and then accepted counts three times.</summary>
    public static readonly Counter<long> Recipients = Meter.CreateCounter<long>(
        "tlsorlink.recipients",
        "{recipient}",
        "What became of recipients in a round, by route and state."
    );

    /// <summary>Probes of domains, by the verdict's level: the count tells how many, the values how long.</summary>
    public static readonly Histogram<double> ProbeDuration = Meter.CreateHistogram<double>(
        "tlsorlink.probe.duration",
        "s",
        "Time of one probe of a domain, by the verdict's level.",
        advice: Buckets(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30)
    );

    /// <summary>From intake to the server's 250, by route; includes waits of retries.</summary>
    public static readonly Histogram<double> DeliveryDuration = Meter.CreateHistogram<double>(
        "tlsorlink.delivery.duration",
        "s",
        "Time from intake until the receiving server took the mail, by route.",
        advice: Buckets(0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400)
    );

    /// <summary>Verdicts asked for, by what the cache had: <c>hit</c>, <c>stale</c> (served, and found anew behind) or <c>miss</c>.</summary>
    public static readonly Counter<long> VerdictLookups = Meter.CreateCounter<long>(
        "tlsorlink.verdict.lookups",
        "{lookup}",
        "Verdicts asked for, by what the cache had."
    );

    /// <summary>Tries of telling a subscriber of an event, by what came of it.</summary>
    public static readonly Counter<long> Notifications = Meter.CreateCounter<long>(
        "tlsorlink.notifications",
        "{notification}",
        "Tries of telling a subscriber of an event, by what came of it."
    );

    /// <summary>How long the oldest thing that should have been purged has been due; 0 where nothing is left.</summary>
    public static readonly Latest PurgeLag = new(
        Meter,
        "tlsorlink.purge.lag",
        "s",
        "How long the oldest thing that should be purged has been due."
    );

    /// <summary>Due rows that could not be purged, each time that one was tried.</summary>
    public static readonly Counter<long> PurgeFailures = Meter.CreateCounter<long>(
        "tlsorlink.purge.failures",
        "{row}",
        "Due rows that could not be purged, each time that one was tried."
    );

    /// <summary>Age of the oldest message that is neither finished nor held; 0 where there is none.</summary>
    public static readonly Latest QueueAge = new(
        Meter,
        "tlsorlink.queue.age",
        "s",
        "Age of the oldest message that is neither finished nor held."
    );

    /// <summary>1 where the last look at the canaries found our port 25 shut, else 0.</summary>
    public static readonly Latest EgressBlocked = new(
        Meter,
        "tlsorlink.egress.blocked",
        "1",
        "1 where none of the canary mail servers could be reached."
    );

    /// <summary>A state, level or route as it stands in tags.</summary>
    public static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static InstrumentAdvice<double> Buckets(params double[] bounds) =>
        new() { HistogramBucketBoundaries = bounds };
}
