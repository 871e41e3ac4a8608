namespace TlsOrLink.Telemetry;

/// <summary>Names of the tags of <see cref="Measures"/> and <see cref="Traces"/>.</summary>
internal static class MeasureTags
{
    /// <summary>State of a recipient, as the API says it.</summary>
    public const string State = "tlsorlink.state";

    /// <summary>Route of a recipient; <c>none</c> before there is one.</summary>
    public const string Route = "tlsorlink.route";

    /// <summary>Level of a verdict.</summary>
    public const string Level = "tlsorlink.level";

    /// <summary>What the cache had.</summary>
    public const string Cache = "tlsorlink.cache";

    /// <summary>Event of which a subscriber is told.</summary>
    public const string Event = "tlsorlink.event";

    /// <summary>What came of telling a subscriber: <c>taken</c>, <c>gone</c>, <c>failed</c>; in traces a slug of why it failed.</summary>
    public const string Outcome = "tlsorlink.outcome";

    /// <summary>Id of a message.</summary>
    public const string MessageId = "tlsorlink.message.id";

    /// <summary>How many recipients.</summary>
    public const string RecipientCount = "tlsorlink.recipients";
}
