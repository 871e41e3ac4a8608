using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Sending;

/// <summary>
/// Sends mails of ours at the best TLS that is offered, or as their own plan asks (<see cref="OwnMail.Plan"/>); never where the recipient's domain fails
/// its own policy.
/// </summary>
internal interface IOwnMailSender
{
    /// <summary>Sends one mail now.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="key">The same when the same mail is sent again: it makes the Message-ID. Letters, digits, <c>~</c> and <c>-</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where its recipient can never be reached: nobody is told, since nothing bounces a bounce.</returns>
    /// <exception cref="TransientFault">Not now; ask again later, as an activity's retry policy does.</exception>
    Task<bool> SendAsync(OwnMail mail, string key, CancellationToken cancellation);
}
