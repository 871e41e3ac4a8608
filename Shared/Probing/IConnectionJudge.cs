using TlsOrLink.Domains;
using TlsOrLink.Smtp;

namespace TlsOrLink.Probing;

/// <summary>Judges the very connection over which a message is to go: never downgraded after the probe.</summary>
internal interface IConnectionJudge
{
    /// <summary>The level that <paramref name="session"/> proves now, with the TLSA records and the MTA-STS policy of <paramref name="domain"/> looked up anew (from their caches while those live).</summary>
    /// <returns>For a session in the clear level <c>none</c>; <see cref="HostEvidence.PolicyFailed"/> where nothing at all may be sent over it.</returns>
    /// <exception cref="OperationCanceledException">By the token alone.</exception>
    Task<HostEvidence> JudgeAsync(MailDomain domain, ISmtpSession session, CancellationToken cancellation);
}
