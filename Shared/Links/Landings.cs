using Azure;
using Microsoft.Extensions.Logging;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Notes in the audit trail that a landing page was fetched. It may have been a scanner: nothing else follows from it.</summary>
internal sealed partial class Landings(Trail trail, TimeProvider time, ILogger<Landings> logger)
{
    /// <summary>A recipient's pages are noted once in this time, so that nobody can fill a trail by fetching.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>The reader is not to wait for the trail: what fails here is logged and passes.</summary>
    public async Task NoteAsync(LinkRow link, CancellationToken cancellation)
    {
        try
        {
            await trail.ChangeAsync(link, row => Note(row, link), cancellation);
        }
        catch (Exception error) when (error is TransientFault or PermanentFault or RequestFailedException)
        {
            LogNotNoted(link.MessageId, error.GetType().Name);
        }
    }

    private bool Note(RecipientRow row, LinkRow link)
    {
        var now = time.GetUtcNow();
        if (row.OpenedAt > now - Window)
        {
            return false;
        }

        row.OpenedAt = now;
        row.Record(LinkEvents.Opened(link, now));
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An opened page of message {MessageId} is not in its audit trail: {Cause}"
    )]
    private partial void LogNotNoted(string messageId, string cause);
}
