using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Purging;

/// <summary>
/// When the content and the rows of a finished message are due: never before now, since hours that the purge has left behind are not
/// read again. Short of that the same message gives the same rows however often.
/// </summary>
internal sealed class ContentDue(IOptions<PurgingOptions> options)
{
    /// <summary>The row to insert once a message is finished, after its own row says so.</summary>
    /// <param name="message">With <see cref="MessageRow.CompletedAt"/>.</param>
    /// <param name="now">The row is not due before.</param>
    public Due Of(MessageRow message, DateTimeOffset now) =>
        Row(DueKinds.Content, FinishedAt(message) + options.Value.ContentLife, message, now);

    /// <summary>The row for the files that outlive the content because a link is live.</summary>
    public static Due AfterLinks(MessageRow message) =>
        new(DueKinds.Content, message.LinksUntil!.Value, message.Id, message.Id);

    /// <summary>The row for the end of the audit period.</summary>
    public Due AuditOf(MessageRow message, DateTimeOffset now) =>
        Row(DueKinds.Audit, FinishedAt(message) + options.Value.AuditPeriod, message, now);

    private static DateTimeOffset FinishedAt(MessageRow message) => message.CompletedAt ?? message.CreatedAt;

    private static Due Row(string kind, DateTimeOffset at, MessageRow message, DateTimeOffset now) =>
        new(kind, at > now ? at : now, message.Id, message.Id);
}
