using TlsOrLink.Domains;

namespace TlsOrLink.MtaSts;

/// <summary>Fetches a policy over HTTPS.</summary>
internal interface IStsFetcher
{
    /// <summary>Fetches <c>https://mta-sts.DOMAIN/.well-known/mta-sts.txt</c> within 10 seconds (RFC 8461 section 3.3).</summary>
    /// <exception cref="OperationCanceledException">The token ended.</exception>
    Task<StsFetched> FetchAsync(MailDomain domain, CancellationToken cancellation);
}

/// <summary>What a fetch gave.</summary>
/// <param name="Policy">The policy, or null.</param>
/// <param name="Failure">Slug of <see cref="StsReasons"/> where there is no policy; else null.</param>
internal sealed record StsFetched(StsPolicy? Policy, string? Failure);
