namespace TlsOrLink.Routing;

/// <summary>
/// Makes one rule of the configuration's and the API's. Neither loosens the other: <c>reject</c> of either wins, then the configuration's
/// action, then the API's; of two minimums the stricter holds. Pure.
/// </summary>
internal static class RuleMerge
{
    /// <summary>The rule that counts; null where there is neither.</summary>
    /// <exception cref="ArgumentException">They are of two domains.</exception>
    public static DomainRule? Merge(DomainRule? configured, DomainRule? stored) =>
        configured is null ? stored
        : stored is null ? configured
        : configured.Domain != stored.Domain
            ? throw new ArgumentException("Rules of two domains do not merge.", nameof(stored))
        : new DomainRule(
            configured.Domain,
            ActionOf(configured.Action, stored.Action),
            Stricter(configured.Minimum, stored.Minimum)
        );

    /// <summary>The configuration's action leaves no room for this one: putting it would change nothing.</summary>
    public static bool IsOverridden(DomainRule? configured, DomainAction wished) =>
        configured is { Action: not DomainAction.Auto }
        && wished is not (DomainAction.Auto or DomainAction.Reject)
        && wished != configured.Action;

    private static DomainAction ActionOf(DomainAction configured, DomainAction stored) =>
        configured is DomainAction.Reject || stored is DomainAction.Reject ? DomainAction.Reject
        : configured is DomainAction.Auto ? stored
        : configured;

    private static TlsPolicy? Stricter(TlsPolicy? one, TlsPolicy? other) =>
        one is { } first && other is { } second ? (first > second ? first : second) : one ?? other;
}
