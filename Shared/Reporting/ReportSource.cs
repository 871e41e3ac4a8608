using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Reporting;

/// <summary>Kind of the report: a durable slug.</summary>
public static class ReportKind
{
    /// <summary>In orders.</summary>
    public const string Slug = "report";
}

/// <summary>Sends the report of a completed message to whom its sender named.</summary>
internal sealed class ReportSource(MessageTable messages, MessageBlobs blobs) : IOwnMailSource
{
    /// <inheritdoc/>
    public string Kind => ReportKind.Slug;

    /// <inheritdoc/>
    public async Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation) =>
        await messages.PartitionAsync(order.MessageId, cancellation) is { Message.IsFinished: true } found
        && MailAddress.TryParse(found.Message.ReportTo ?? "", out var to)
            ? DeliveryReport.Write(to, found.Message, found.Recipients, await HeaderAsync(found.Message, cancellation))
            : null;

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
}
