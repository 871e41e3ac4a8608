using TlsOrLink.Domains;
using TlsOrLink.Probing;

namespace TlsOrLink.Verdicts;

/// <summary>The TLS verdicts of domains, found at most once at a time however many ask, in this process and in others.</summary>
internal interface IVerdicts
{
    /// <summary>
    /// The verdict: one table read while it lives; after its life still served for <c>Verdicts:StaleFor</c> while it is found anew behind it (never
    /// one of level <c>unknown</c> or <c>undeliverable</c>); else by a probe. Storage that is away is no fault: the domain is probed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller stops waiting; the probe goes on for others.</exception>
    Task<TlsVerdict> GetAsync(MailDomain domain, CancellationToken cancellation);

    /// <summary>As <see cref="GetAsync"/>, never past its life.</summary>
    Task<TlsVerdict> GetFreshAsync(MailDomain domain, CancellationToken cancellation);

    /// <summary>The verdict where one is kept and lives; null else. Never probes.</summary>
    Task<TlsVerdict?> FindKeptAsync(MailDomain domain, CancellationToken cancellation);

    /// <summary>Probes anew, whatever is kept; joins a probe that is under way.</summary>
    Task<TlsVerdict> RefreshAsync(MailDomain domain, CancellationToken cancellation);

    /// <summary>Forgets the verdict, since sending found less than it says.</summary>
    Task DropAsync(MailDomain domain, CancellationToken cancellation);
}
