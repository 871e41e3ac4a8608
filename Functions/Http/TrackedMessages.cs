using TlsOrLink.Auditing;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Pages;

namespace TlsOrLink.Functions.Http;

/// <summary>Reads what the pages of one message show, for whoever sent it.</summary>
internal sealed class TrackedMessages(MessageTable messages, AuditTrails trails, LinkTable links, TimeProvider clock)
{
    /// <summary>Null where there is no such message, or it is another's.</summary>
    public async Task<TrackedMessage?> FindAsync(Visitor visitor, string id, CancellationToken cancellation)
    {
        var found = MessageId.IsValid(id) ? await messages.PartitionAsync(id, cancellation) : null;
        if (found is null || !string.Equals(found.Message.Caller, visitor.Name, StringComparison.Ordinal))
        {
            return null;
        }

        var shown = found.Recipients.Take(TrackRecipients.Most).SelectMany(row => row.LinkIds);
        return await trails.FindAsync(id, cancellation) is { } trail
            ? new TrackedMessage(
                visitor,
                found,
                trail,
                await links.FindAllAsync([.. shown], cancellation),
                clock.GetUtcNow()
            )
            : null;
    }

    /// <summary>The certificate of a message that <see cref="FindAsync"/> found.</summary>
    public async Task<Certificate> CertifyAsync(TrackedMessage tracked, CancellationToken cancellation) =>
        new(
            tracked.Visitor,
            tracked.Found,
            tracked.Trail,
            await trails.VerifyAsync(tracked.Trail, cancellation),
            tracked.Now
        );
}
