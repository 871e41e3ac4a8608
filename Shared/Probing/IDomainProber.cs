using TlsOrLink.Domains;

namespace TlsOrLink.Probing;

/// <summary>Finds out what transport security the hosts of a domain offer. Sends no mail.</summary>
internal interface IDomainProber
{
    /// <summary>The verdict, at the latest when <c>Smtp:ProbeDeadline</c> has passed; bad news is a value.</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/> alone.</exception>
    Task<TlsVerdict> ProbeAsync(MailDomain domain, CancellationToken cancellation);
}
