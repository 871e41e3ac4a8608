using TlsOrLink.Domains;

namespace TlsOrLink.MtaSts;

/// <summary>Keeps the policy of each domain.</summary>
internal interface IMtaStsStore
{
    /// <summary>What is kept of the domain, or null for nothing; null also while the store is away (logged): a policy can be fetched again.</summary>
    Task<StsEntry?> ReadAsync(MailDomain domain, CancellationToken cancellation);

    /// <summary>Keeps the entry, the last writer wins; a store that is away is logged.</summary>
    Task WriteAsync(MailDomain domain, StsEntry entry, CancellationToken cancellation);
}

/// <summary>What is kept of a domain's policy.</summary>
/// <param name="Id">The id of the record under which <paramref name="Policy"/> was fetched; empty where none ever was.</param>
/// <param name="Policy">The last policy fetched, or null.</param>
/// <param name="FetchedAt">When it was.</param>
/// <param name="FailedId">The id whose policy could not be fetched last, or null.</param>
/// <param name="RetryAt">Not before then is <paramref name="FailedId"/> tried again.</param>
internal sealed record StsEntry(
    string Id,
    StsPolicy? Policy,
    DateTimeOffset FetchedAt,
    string? FailedId,
    DateTimeOffset RetryAt
)
{
    /// <summary>When the policy ends.</summary>
    public DateTimeOffset Expires => Policy is null ? FetchedAt : FetchedAt + Policy.MaxAge;
}
