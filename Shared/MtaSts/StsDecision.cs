namespace TlsOrLink.MtaSts;

/// <summary>What to do next for a domain's policy.</summary>
/// <param name="FetchId">Fetch the policy of this id; null where <paramref name="Outcome"/> stands.</param>
/// <param name="Outcome">What applies as long as nothing new is fetched.</param>
internal sealed record StsStep(string? FetchId, StsOutcome Outcome);

/// <summary>When to fetch, what to keep and what applies (RFC 8461 sections 3.3 and 5.1).</summary>
internal static class StsDecision
{
    private static readonly TimeSpan BackOff = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A policy that is kept and has not expired outlives a missing, broken or unanswered record: else whoever can suppress DNS could
    /// switch the policy off.
    /// </summary>
    public static StsStep Next(StsEntry? kept, StsRecord record, DateTimeOffset now)
    {
        var standing = Standing(kept, record.Reason ?? StsReasons.FetchFailed, now);
        return record.Id is { } id && !IsCurrent(kept, id, now) && !IsBackedOff(kept, id, now)
            ? new StsStep(id, standing)
            : new StsStep(null, standing);
    }

    /// <summary>After a fetch: what to keep, and what applies.</summary>
    public static (StsEntry Entry, StsOutcome Outcome) Settle(
        StsEntry? kept,
        string id,
        StsFetched fetched,
        DateTimeOffset now
    )
    {
        if (fetched.Policy is { } policy)
        {
            var entry = new StsEntry(id, policy, now, null, now);
            return (entry, Standing(entry, StsReasons.None, now));
        }

        var known = kept ?? new StsEntry("", null, now, null, now);
        return (
            known with
            {
                FailedId = id,
                RetryAt = now + BackOff,
            },
            Standing(kept, fetched.Failure ?? StsReasons.FetchFailed, now)
        );
    }

    // Renewed in the second half of its life, so that a policy in use does not lapse while its host is down.
    private static bool IsCurrent(StsEntry? kept, string id, DateTimeOffset now) =>
        kept is { Policy: { } policy }
        && string.Equals(kept.Id, id, StringComparison.Ordinal)
        && now < kept.FetchedAt + (policy.MaxAge / 2);

    private static bool IsBackedOff(StsEntry? kept, string id, DateTimeOffset now) =>
        kept is not null && string.Equals(kept.FailedId, id, StringComparison.Ordinal) && now < kept.RetryAt;

    private static StsOutcome Standing(StsEntry? kept, string otherwise, DateTimeOffset now) =>
        kept is { Policy: { } policy } && now < kept.Expires
            ? policy.Mode switch
            {
                StsMode.Enforce => new StsOutcome(policy, StsReasons.Enforce, kept.Expires),
                StsMode.Testing => new StsOutcome(policy, StsReasons.Testing, kept.Expires),
                _ => new StsOutcome(null, StsReasons.None, null),
            }
            : new StsOutcome(null, otherwise, null);
}
