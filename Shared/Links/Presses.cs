using Azure;
using Microsoft.Extensions.Logging;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>What became of a press.</summary>
/// <param name="State">The link's state; <see cref="LinkState.Unknown"/> also where the link has no such file.</param>
/// <param name="Row">The link, or null where there is none.</param>
/// <param name="Location">Where the bytes come from; null unless the state is live. A secret: for the <c>Location</c> header only.</param>
internal sealed record Press(LinkState State, LinkRow? Row, Uri? Location)
{
    /// <summary>The state alone: neither the URL nor a name of the row may end in a log.</summary>
    public override string ToString() => $"{nameof(Press)} {State}";
}

/// <summary>A person pressed the button of a file.</summary>
internal sealed partial class Presses(
    LinkTable links,
    Trail trail,
    ChainKey key,
    FileSas sas,
    TimeProvider time,
    ILogger<Presses> logger
)
{
    /// <summary>Presses of one file within this time are one download: people press again when a download stops.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>More writers of one row at one time are scanners.</summary>
    private const int MaxTries = 8;

    /// <summary>Reads the link, counts the press where it counts, and issues the URL.</summary>
    /// <param name="token">The token, which is all the authority that is needed.</param>
    /// <param name="n">Number of the file.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage failed, or too many press at one time: show the "try again" page.</exception>
    public async Task<Press> PressAsync(LinkToken token, int n, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var now = time.GetUtcNow();
            var row = await links.FindAsync(token.LinkId, cancellation);
            var counted = row?.Files.Any(file => file.N == n) == true ? Count(row, n, now) : row;
            var state = StateOf(row, n, now);
            if (state != LinkState.Live)
            {
                return new Press(state, row, null);
            }

            if (ReferenceEquals(counted, row) || await links.UpdateAsync(counted!, cancellation) == WriteOutcome.Done)
            {
                return await IssueAsync(row!, n, isCounted: !ReferenceEquals(counted, row), cancellation);
            }
        }

        throw new TransientFault("Too many writers of one link at a time.");
    }

    /// <summary>The row after a press of file <paramref name="n"/>: the same row where it does not count. Pure.</summary>
    public static LinkRow Count(LinkRow row, int n, DateTimeOffset now) =>
        IsRepeated(row, n, now)
            ? row
            : row with
            {
                Downloads = row.Downloads + 1,
                LastPressAt = now,
                Files = [.. row.Files.Select(file => file.N == n ? file with { LastPressAt = now } : file)],
            };

    /// <summary>The state for a press: whoever pressed a moment ago may press again, though the last download is used up. Pure.</summary>
    public static LinkState StateOf(LinkRow? row, int n, DateTimeOffset now) =>
        LinkJudge.StateAt(row, now) switch
        {
            LinkState.UsedUp when IsRepeated(row!, n, now) => LinkState.Live,
            LinkState.Live when row!.Files.All(file => file.N != n) => LinkState.Unknown,
            var state => state,
        };

    private static bool IsRepeated(LinkRow row, int n, DateTimeOffset now) =>
        row.Files.Any(file => file.N == n && file.LastPressAt > now - Window);

    private async Task<Press> IssueAsync(LinkRow row, int n, bool isCounted, CancellationToken cancellation)
    {
        var location = await sas.IssueAsync(row.Files.First(file => file.N == n), row.ExpiresAt, cancellation);
        if (isCounted)
        {
            await MarkDownloadedAsync(row, n, cancellation);
        }

        return new Press(LinkState.Live, row, location);
    }

    /// <summary>The recipient is not to wait for the sender's list: what fails here is logged and passes.</summary>
    private async Task MarkDownloadedAsync(LinkRow row, int n, CancellationToken cancellation)
    {
        try
        {
            await trail.AppendAsync(
                row.MessageId,
                row.Attempt,
                row.N,
                recipient => Mark(recipient, row, n),
                cancellation
            );
        }
        catch (Exception error) when (error is TransientFault or PermanentFault or RequestFailedException)
        {
            LogNotMarked(row.MessageId, error.GetType().Name);
        }
    }

    private bool Mark(RecipientRow recipient, LinkRow link, int n)
    {
        var now = time.GetUtcNow();
        if (recipient.State == RecipientState.Linked)
        {
            recipient.State = RecipientState.Downloaded;
        }

        recipient.UpdatedAt = now;
        recipient.Record(LinkEvents.Downloaded(link, n, key, now));
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A download of message {MessageId} is not in its audit trail: {Cause}"
    )]
    private partial void LogNotMarked(string messageId, string cause);
}
