using TlsOrLink.Events;

namespace TlsOrLink.Subscriptions;

/// <summary>Somebody who is told of a caller's events.</summary>
/// <param name="Caller">Name of the caller, whose own messages alone it tells of.</param>
/// <param name="Id">32 lower-case hex characters.</param>
/// <param name="Url">Where notifications go. A secret: the callback URLs of flows carry their signature.</param>
/// <param name="Secret">Signs them.</param>
/// <param name="Events">Which of <see cref="EventNames"/>.</param>
/// <param name="IncludeAddresses">Notifications hold the addresses of sender and recipient.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record Subscription(
    string Caller,
    string Id,
    Uri Url,
    string Secret,
    IReadOnlyList<string> Events,
    bool IncludeAddresses,
    DateTimeOffset CreatedAt
)
{
    /// <summary>Since when nothing was taken; null where the last notification was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Slug of why the last one was not taken; null where it was.</summary>
    public string? LastFailure { get; init; }

    /// <summary>Wants to be told of events of this kind.</summary>
    public bool Wants(string kind) => EventNames.Of(kind) is { } name && Events.Contains(name, StringComparer.Ordinal);

    /// <summary>Where it is, without what makes the URL a secret.</summary>
    public string ShownUrl => $"{Url.GetLeftPart(UriPartial.Path)}{(Url.Query.Length > 0 ? "?…" : "")}";

    /// <summary>No URL and no secret.</summary>
    public override string ToString() => $"{nameof(Subscription)} {Id}";
}
