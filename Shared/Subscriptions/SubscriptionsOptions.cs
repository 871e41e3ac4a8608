using System.ComponentModel.DataAnnotations;
using System.Net;
using TlsOrLink.Dns;
using TlsOrLink.Settings;

namespace TlsOrLink.Subscriptions;

/// <summary>Section <c>Subscriptions</c>: events that are pushed to callers (webhooks).</summary>
internal sealed class SubscriptionsOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Subscriptions";

    /// <summary>Tries of one event: with the waits between them each is a few rows of an orchestration's history, which every replay reads.</summary>
    public const int MaxTries = 200;

    /// <summary>Subscriptions that one caller may have. Default 50; 1 to 500.</summary>
    [Range(1, 500, ErrorMessage = "Subscriptions:MaxPerCaller must lie between 1 and 500.")]
    public int MaxPerCaller { get; set; } = 50;

    /// <summary>How long a subscriber may take to answer one notification. Default 15 s; 1 s to 2 min.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:02:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Subscriptions:Timeout must lie between 00:00:01 and 00:02:00."
    )]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Wait after the first try that failed; it doubles from try to try. Default 10 s; 1 s to 1 h.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "01:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Subscriptions:FirstRetry must lie between 00:00:01 and 01:00:00."
    )]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait between two tries; also the longest <c>Retry-After</c> of a subscriber that is heeded. Default 1 h; 1 s to 1 day.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "1.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Subscriptions:LongestRetry must lie between 00:00:01 and 1.00:00:00."
    )]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long one event is tried before it is given up. Default 1 day; 1 s to 7 days, and no longer than 200 tries take, as the two settings above space
    /// them.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "7.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Subscriptions:RetryPeriod must lie between 00:00:01 and 7.00:00:00."
    )]
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A subscription that has taken nothing for so long, while events came, is removed. Default 7 days; 1 s to 90 days.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "90.00:00:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Subscriptions:FailingLife must lie between 00:00:01 and 90.00:00:00."
    )]
    public TimeSpan FailingLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long an instance goes by the list of subscriptions that it has read: within this time it knows one that another instance made. What it
    /// wrote before is found and pushed afterwards. Default 1 min; 1 s to 1 min.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:01:00",
        ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Subscriptions:KnownWithin must lie between 00:00:01 and 00:01:00."
    )]
    public TimeSpan KnownWithin { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Ranges in CIDR form to which notifications may go although they are not public. Default none, in Development loopback
    /// (<c>127.0.0.0/8</c>, <c>::1</c>). Each opens addresses that any caller can have this app connect to.
    /// </summary>
    [Example("10.20.0.0/16")]
    public List<string> OpenRanges { get; set; } = [];

    /// <summary>The ranges.</summary>
    public IReadOnlyList<IPNetwork> Networks() => NetworkRanges.Parse(OpenRanges);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        NetworkRanges
            .Faults($"{Section}:{nameof(OpenRanges)}", "10.20.0.0/16", OpenRanges)
            .Concat(PostJudge.TriesOf(this, MaxTries + 1) > MaxTries ? [TooManyTries] : []);

    private static ValidationResult TooManyTries =>
        new(
            $"Subscriptions:FirstRetry, Subscriptions:LongestRetry and Subscriptions:RetryPeriod must make at most {MaxTries} tries of one event, all of which its orchestration's history keeps: raise Subscriptions:LongestRetry (an hour is right for 7 days) or shorten Subscriptions:RetryPeriod."
        );
}
