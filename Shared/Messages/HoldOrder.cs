namespace TlsOrLink.Messages;

/// <summary>What a message waits for, from the loosest to the strictest.</summary>
internal enum HoldKind
{
    /// <summary>A time after intake, in which its sender can cancel.</summary>
    Time,

    /// <summary>A moment.</summary>
    Until,

    /// <summary>Its sender's release.</summary>
    Manual,

    /// <summary>Somebody else's approval.</summary>
    Approval,
}

/// <summary>Asks that a message be held. Policy, options and message rules each ask; <see cref="Combine"/> makes one order of them.</summary>
/// <param name="Kind">What ends the hold.</param>
internal sealed record HoldOrder(HoldKind Kind)
{
    /// <summary>Shortest time between intake and delivery, whatever else ends the hold. Default none.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Not before this moment; null (the default) for any.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Names of the approvers, any one of whom decides; empty for every approver of the sender.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>Held for a time.</summary>
    public static HoldOrder For(TimeSpan wait) => new(HoldKind.Time) { Wait = wait };

    /// <summary>Held until a moment.</summary>
    public static HoldOrder UntilAt(DateTimeOffset moment) => new(HoldKind.Until) { Until = moment };

    /// <summary>Held until its sender releases it.</summary>
    public static HoldOrder Manual { get; } = new(HoldKind.Manual);

    /// <summary>Held until one of <paramref name="approvers"/> (none: any approver of the sender) approves.</summary>
    public static HoldOrder Approval(params IReadOnlyList<string> approvers) =>
        new(HoldKind.Approval) { Approvers = approvers };

    /// <summary>
    /// What satisfies both: the stricter kind, the longer wait, the later moment, and the approvers whom both name (those of
    /// <paramref name="policy"/> where nobody is named by both). Null where neither asks for a hold.
    /// </summary>
    /// <param name="policy">What weighs more.</param>
    /// <param name="other">What is added to it.</param>
    public static HoldOrder? Combine(HoldOrder? policy, HoldOrder? other) =>
        policy is null ? other
        : other is null ? policy
        : new HoldOrder(policy.Kind > other.Kind ? policy.Kind : other.Kind)
        {
            Wait = policy.Wait > other.Wait ? policy.Wait : other.Wait,
            Until = Later(policy.Until, other.Until),
            Approvers = InBoth(policy.Approvers, other.Approvers),
        };

    /// <summary>The first moment at which delivery may begin, for a message of <paramref name="createdAt"/>; null where time plays no part.</summary>
    public DateTimeOffset? NotBefore(DateTimeOffset createdAt) =>
        Later(Wait > TimeSpan.Zero ? createdAt + Wait : null, Until);

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;

    private static IReadOnlyList<string> InBoth(IReadOnlyList<string> policy, IReadOnlyList<string> other)
    {
        string[] both = [.. policy.Intersect(other, StringComparer.Ordinal)];
        return both.Length > 0 ? both
            : policy.Count > 0 ? policy
            : other;
    }
}
