using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Routing;

namespace TlsOrLink.Links;

/// <summary>Finds the way of a mail that holds a secret.</summary>
internal interface ISecretRoutes
{
    /// <summary>A plan of route <c>tls</c>; null where the domain's verdict does not reach the policy now.</summary>
    /// <param name="domain">The recipient's domain.</param>
    /// <param name="wished">A stricter policy than the operator's; null for none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">The rules cannot be read.</exception>
    Task<RoutePlan?> FindAsync(MailDomain domain, TlsPolicy? wished, CancellationToken cancellation);
}
