using Azure;
using Microsoft.Extensions.Logging;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>A person pressed the button of a file, or the one for all of them.</summary>
internal sealed partial class Presses(
    LinkTable links,
    Trail trail,
    ChainKey key,
    LinkPass pass,
    AddressHash hash,
    FileSource source,
    TimeProvider time,
    ILogger<Presses> logger
)
{
    /// <summary>In place of the number of a file: all of them at once, which is one download.</summary>
    public const int All = -1;

    /// <summary>Presses of one file within this time are one download: people press again when a download stops.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>More writers of one row at one time are scanners.</summary>
    private const int MaxTries = 8;

    /// <summary>Reads the link, counts the press where it counts, and says where the bytes of a single file are.</summary>
    /// <param name="token">The token, which is all the authority that is needed unless the sender asked for more.</param>
    /// <param name="n">Number of the file, or <see cref="All"/>.</param>
    /// <param name="proof">What the person shows beside it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TransientFault">Storage failed, or too many press at one time: show the "try again" page.</exception>
    public async Task<Press> PressAsync(LinkToken token, int n, PressProof proof, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var now = time.GetUtcNow();
            var row = await links.FindAsync(token.LinkId, cancellation);
            var state = StateOf(row, n, now);
            var need = state == LinkState.Live ? NeedOf(row!, proof) : PressNeed.None;
            if (state != LinkState.Live || need != PressNeed.None)
            {
                return new Press(state, row, need);
            }

            var counted = Count(row!, n, now);
            if (ReferenceEquals(counted, row) || await links.UpdateAsync(counted, cancellation) == WriteOutcome.Done)
            {
                return await GrantAsync(row!, n, proof, isCounted: !ReferenceEquals(counted, row), cancellation);
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
                Files = [.. row.Files.Select(file => Is(file, n) ? file with { LastPressAt = now } : file)],
            };

    /// <summary>The state for a press: whoever pressed a moment ago may press again, though the last download is used up. Pure.</summary>
    public static LinkState StateOf(LinkRow? row, int n, DateTimeOffset now) =>
        LinkJudge.StateAt(row, now) switch
        {
            LinkState.UsedUp when IsRepeated(row!, n, now) => LinkState.Live,
            LinkState.Live when !row!.Files.Any(file => Is(file, n)) => LinkState.Unknown,
            var state => state,
        };

    private static bool Is(LinkFile file, int n) => n == All || file.N == n;

    private static bool IsRepeated(LinkRow row, int n, DateTimeOffset now)
    {
        LinkFile[] pressed = [.. row.Files.Where(file => Is(file, n))];
        return pressed.Length > 0 && pressed.All(file => file.LastPressAt > now - Window);
    }

    private PressNeed NeedOf(LinkRow row, PressProof proof) =>
        !pass.Opens(row, proof.Pass) ? PressNeed.Code
        : row.MaxDownloads is null || row.IsFor(proof.Address, hash) ? PressNeed.None
        : PressNeed.Address;

    private async Task<Press> GrantAsync(
        LinkRow row,
        int n,
        PressProof proof,
        bool isCounted,
        CancellationToken cancellation
    )
    {
        var location =
            n == All ? null : await source.LocateAsync(row, row.Files.First(file => file.N == n), cancellation);
        if (isCounted)
        {
            await MarkDownloadedAsync(row, n, proof.Signs, cancellation);
        }

        return new Press(LinkState.Live, row) { Location = location, IsFirst = isCounted && row.Downloads == 0 };
    }

    /// <summary>The recipient is not to wait for the sender's list: what fails here is logged and passes.</summary>
    private async Task MarkDownloadedAsync(LinkRow row, int n, ReaderSigns? signs, CancellationToken cancellation)
    {
        try
        {
            await trail.ChangeAsync(row, recipient => Mark(recipient, row, n, signs), cancellation);
        }
        catch (Exception error) when (error is TransientFault or PermanentFault or RequestFailedException)
        {
            LogNotMarked(row.MessageId, error.GetType().Name);
        }
    }

    private bool Mark(RecipientRow recipient, LinkRow link, int n, ReaderSigns? signs)
    {
        var now = time.GetUtcNow();
        if (recipient.State == RecipientState.Linked)
        {
            recipient.State = RecipientState.Downloaded;
        }

        recipient.UpdatedAt = now;
        var reader = signs is null ? null : Reader.Of(signs with { Since = now - link.CreatedAt });
        recipient.Record(LinkEvents.Downloaded(link, n, reader, key, now));
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A download of message {MessageId} is not in its audit trail: {Cause}"
    )]
    private partial void LogNotMarked(string messageId, string cause);
}
