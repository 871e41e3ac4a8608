namespace TlsOrLink.Health;

/// <summary>How a dependency is.</summary>
internal enum DependencyStatus
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>Nobody has set up how to find out.</summary>
    Unknown,

    /// <summary>The app works without it, worse.</summary>
    Degraded,

    /// <summary>The app does not work without it.</summary>
    Failing,
}

/// <summary>What was found out about a dependency.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Detail">One sentence without addresses, names of tenants or secrets.</param>
/// <param name="Remedy">What an operator does about it; null where nothing is to be done.</param>
internal sealed record DependencyFinding(DependencyStatus Status, string Detail, string? Remedy = null)
{
    /// <summary>It works.</summary>
    public static DependencyFinding Fine(string detail) => new(DependencyStatus.Ok, detail);
}

/// <summary>
/// Something outside that the app rests on. A room that talks to it implements this beside its adapter and registers it; <c>/health</c> then
/// shows it.
/// </summary>
internal interface IDependency
{
    /// <summary>Stable slug: <c>state-storage</c>.</summary>
    string Name { get; }

    /// <summary>Looks. Faults of storage need not be caught: their message becomes the detail.</summary>
    Task<DependencyFinding> CheckAsync(CancellationToken cancellation);

    /// <summary>What to do where <see cref="CheckAsync"/> throws or does not end in time.</summary>
    string Remedy { get; }
}
