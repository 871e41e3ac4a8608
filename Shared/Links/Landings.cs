using Azure;
using Microsoft.Extensions.Logging;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Notes in the audit trail that a landing page was fetched. It may have been a scanner: nothing else follows from it.</summary>
internal sealed partial class Landings(
    Trail trail,
    NotedPages noted,
    ClientBudget budget,
    TimeProvider time,
    ILogger<Landings> logger
)
{
    /// <summary>
    /// A recipient's pages are noted once in this time, so that nobody can fill a trail by fetching; what scanners fetch apart, so that they hide
    /// no person.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>The reader is not to wait for the trail: what fails here is logged and passes.</summary>
    /// <param name="link">The link, live.</param>
    /// <param name="signs">What the request shows.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task NoteAsync(LinkRow link, ReaderSigns signs, CancellationToken cancellation)
    {
        var reader = ReaderOf(link, signs with { IsMany = !budget.TryTake(Counted.Opens, link.LinkId) });
        var key = IsScanner(reader) ? $"scanned:{link.LinkId}" : link.LinkId;
        if (noted.Has(key))
        {
            return;
        }

        var until = time.GetUtcNow() + Window;
        try
        {
            await trail.ChangeAsync(
                link,
                row =>
                {
                    var isNew = Note(row, link, reader);
                    until = NotedAt(row, reader)!.Value + Window;
                    return isNew;
                },
                cancellation
            );
            noted.Add(key, until);
        }
        catch (Exception error) when (error is TransientFault or PermanentFault or RequestFailedException)
        {
            LogNotNoted(link.MessageId, error.GetType().Name);
        }
    }

    /// <summary>Who seems to be reading.</summary>
    public Reader ReaderOf(LinkRow link, ReaderSigns signs) =>
        Reader.Of(signs with { Since = time.GetUtcNow() - link.CreatedAt });

    private bool Note(RecipientRow row, LinkRow link, Reader reader)
    {
        var now = time.GetUtcNow();
        var isScanner = IsScanner(reader);
        if (NotedAt(row, reader) > now - Window)
        {
            return false;
        }

        row.OpenedAt = isScanner ? row.OpenedAt : now;
        row.ScannedAt = isScanner ? now : row.ScannedAt;
        row.Record(LinkEvents.Opened(link, reader, now));
        return true;
    }

    private static bool IsScanner(Reader reader) => reader.Kind == ReaderKind.Scanner;

    private static DateTimeOffset? NotedAt(RecipientRow row, Reader reader) =>
        IsScanner(reader) ? row.ScannedAt : row.OpenedAt;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An opened page of message {MessageId} is not in its audit trail: {Cause}"
    )]
    private partial void LogNotNoted(string messageId, string cause);
}
