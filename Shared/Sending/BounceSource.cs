using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Smtp;

namespace TlsOrLink.Sending;

/// <summary>
/// Tells the envelope sender who was not reached: all failed recipients of a round in one report (RFC 3464). Each is told of once: its row
/// names the serial of the order that tells of it.
/// </summary>
internal sealed class BounceSource(
    MessageTable messages,
    MessageBlobs blobs,
    IOptions<SendingOptions> sending,
    IOptions<SmtpOptions> smtp
) : IOwnMailSource
{
    /// <inheritdoc/>
    public string Kind => BounceKind.Slug;

    /// <inheritdoc/>
    public async Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation)
    {
        if (
            await messages.PartitionAsync(order.MessageId, cancellation) is not { } found
            || !MailAddress.TryParse(found.Message.Sender, out var sender)
            || IsOurs(sender)
        )
        {
            return null;
        }

        RecipientRow[] failed =
        [
            .. found.Recipients.Where(row => row.HasFailed && (row.ToldIn is null || row.ToldIn == order.Serial)),
        ];
        if (failed.Length == 0)
        {
            return null;
        }

        await NoteAsync([.. failed.Where(row => row.ToldIn is null)], order.Serial, cancellation);
        var header = await HeaderAsync(found.Message, cancellation);
        return Bounce.Write(new BounceFacts(found.Message, sender, failed, smtp.Value.EhloName!, header));
    }

    private async Task NoteAsync(RecipientRow[] rows, int serial, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            row.ToldIn = serial;
        }

        await messages.MustUpdateAsync(rows, cancellation);
    }

    /// <summary>Null where the content is gone.</summary>
    private async Task<OriginalHeader?> HeaderAsync(MessageRow message, CancellationToken cancellation)
    {
        try
        {
            return await blobs.HeaderAsync(message, cancellation);
        }
        catch (PermanentFault)
        {
            return null;
        }
    }

    // Nothing bounces a bounce.
    private bool IsOurs(MailAddress sender) =>
        string.Equals(sender.ToString(), sending.Value.OwnAddress, StringComparison.OrdinalIgnoreCase);
}
