using Microsoft.Azure.Functions.Worker;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Writes and sends one mail of ours; its text is made here, since histories hold no addresses.</summary>
internal sealed class SendOwnMail(IEnumerable<IOwnMailSource> sources, IOwnMailSender sender)
{
    /// <returns>Whether it was taken; false where there is nothing to say or nobody to say it to.</returns>
    [Function(nameof(SendOwnMail))]
    public async Task<bool> RunAsync([ActivityTrigger] OwnMailOrder order, CancellationToken cancellation)
    {
        var source =
            sources.FirstOrDefault(one => string.Equals(one.Kind, order.Kind, StringComparison.Ordinal))
            ?? throw new PermanentFault($"No source writes mails of kind {order.Kind}.");
        return await source.WriteAsync(order, cancellation) is { } mail
            && await sender.SendAsync(mail, order.Key, cancellation);
    }
}
