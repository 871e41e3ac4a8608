using TlsOrLink.Domains;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>A way by which mail leaves.</summary>
internal interface ITransport
{
    /// <summary>Connects for recipients of <paramref name="domain"/> and checks on that very connection what the plan asks for.</summary>
    /// <param name="domain">The recipients' domain.</param>
    /// <param name="plan">How they are to be reached.</param>
    /// <param name="tried">Hosts that have sent these recipients away in this round: others are to be tried (RFC 5321 section 5.1).</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">By the token alone; what hosts do is a value.</exception>
    Task<Opening> OpenAsync(
        MailDomain domain,
        RoutePlan plan,
        IReadOnlySet<string> tried,
        CancellationToken cancellation
    );
}
