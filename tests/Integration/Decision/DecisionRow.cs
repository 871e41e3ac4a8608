namespace TlsOrLink.Tests.Integration.Decision;

/// <summary>One domain of the table and what must come of a message with an attachment to it.</summary>
/// <param name="Domain">The recipient's domain.</param>
/// <param name="What">The server and the zone in words.</param>
/// <param name="Level">The level of the verdict.</param>
/// <param name="Reason">The reason of the verdict.</param>
/// <param name="Planned">The route that follows from it.</param>
/// <param name="State">How the recipient ends in the first round.</param>
internal sealed record DecisionRow(
    string Domain,
    string What,
    string Level,
    string Reason,
    string Planned,
    string State
)
{
    /// <summary>What the recipient's row says in the end.</summary>
    public string EndReason { get; init; } = Reason;

    /// <summary>Sending found the verdict untrue and dropped it.</summary>
    public bool VerdictDropped { get; init; }

    public string Recipient => $"r@{Domain}";

    public bool Carries => State == "accepted";

    /// <summary>Good enough for the attachment.</summary>
    public static DecisionRow Tls(string domain, string what, string level, string reason) =>
        new(domain, what, level, reason, "tls", "accepted");

    public static DecisionRow Link(string domain, string what, string level, string reason) =>
        new(domain, what, level, reason, "link", "linked");

    public static DecisionRow Deferred(string domain, string what, string reason) =>
        new(domain, what, "unknown", reason, "deferred", "deferred");

    public static DecisionRow Undeliverable(string domain, string what, string reason) =>
        new(domain, what, "undeliverable", reason, "undeliverable", "undeliverable");

    /// <summary>Good while probed, and worse when the message is to be sent.</summary>
    public static DecisionRow Changed(
        string domain,
        string what,
        string level,
        string reason,
        string state,
        string end
    ) => new(domain, what, level, reason, "tls", state) { EndReason = end, VerdictDropped = true };
}
