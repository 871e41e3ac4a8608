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
    /// <summary>A subscriber has so long to learn of a new secret.</summary>
    public static readonly TimeSpan OldSecretLife = TimeSpan.FromHours(24);

    /// <summary>Secrets before the last ones sign no more: each is a signature in the header.</summary>
    private const int MaxOldSecrets = 4;

    /// <summary>Secrets of before, newest first; some may have ended.</summary>
    public IReadOnlyList<OldSecret> OldSecrets { get; init; } = [];

    /// <summary>Since when nothing was taken; null where the last notification was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Slug of why the last one was not taken; null where it was.</summary>
    public string? LastFailure { get; init; }

    /// <summary>What signs at an instant: the secret, then those of before that have not ended.</summary>
    public IEnumerable<string> SecretsAt(DateTimeOffset now) =>
        OldSecrets.Where(old => old.Until > now).Select(old => old.Secret).Prepend(Secret);

    /// <summary>
    /// With another secret. The one of before signs too for <see cref="OldSecretLife"/>, as do those before it for what is left of theirs: whoever did not get the
    /// answer to this, and asks again, has locked nobody out. The secret that it has already changes nothing.
    /// </summary>
    public Subscription WithSecret(string next, DateTimeOffset now) =>
        string.Equals(next, Secret, StringComparison.Ordinal)
            ? this
            : this with
            {
                Secret = next,
                OldSecrets =
                [
                    .. OldSecrets
                        .Where(old => old.Until > now && !string.Equals(old.Secret, next, StringComparison.Ordinal))
                        .Prepend(new OldSecret(Secret, now + OldSecretLife))
                        .Take(MaxOldSecrets),
                ],
            };

    /// <summary>Wants to be told of events of this kind.</summary>
    public bool Wants(string kind) => EventNames.Of(kind) is { } name && Events.Contains(name, StringComparer.Ordinal);

    /// <summary>Where it is, without what makes the URL a secret.</summary>
    public string ShownUrl => $"{Url.GetLeftPart(UriPartial.Path)}{(Url.Query.Length > 0 ? "?…" : "")}";

    /// <summary>No URL and no secret.</summary>
    public override string ToString() => $"{nameof(Subscription)} {Id}";
}

/// <summary>A secret that a newer one has followed.</summary>
/// <param name="Secret">As it was.</param>
/// <param name="Until">Signs until then.</param>
internal sealed record OldSecret(string Secret, DateTimeOffset Until)
{
    /// <summary>No secret.</summary>
    public override string ToString() => $"{nameof(OldSecret)} until {Until:O}";
}
