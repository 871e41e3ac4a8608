using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TlsOrLink.Events;
using TlsOrLink.Faults;
using TlsOrLink.Messages;

namespace TlsOrLink.Scanning;

/// <summary>Lets a message through to its first round, or not. Where nobody scans it costs nothing.</summary>
internal sealed partial class ScanGate(
    MessageTable messages,
    IEnumerable<IScanner> scanners,
    IOptions<ScanningOptions> options,
    TimeProvider clock,
    ILogger<ScanGate> logger
)
{
    /// <summary>Scans the message and does what is configured. Run again, it scans again.</summary>
    /// <exception cref="TransientFault">The message waits: run again later.</exception>
    public async Task PassAsync(string id, CancellationToken cancellation)
    {
        if (
            options.Value.By == ScanBy.None
            || scanners.SingleOrDefault() is not { } scanner
            || await messages.PartitionAsync(id, cancellation) is not { Message.IsFinished: false } found
            || found.Recipients.All(row => row.IsFinished)
        )
        {
            return;
        }

        var finding = await scanner.ScanAsync(found.Message, cancellation);
        if (options.Value.OutcomeOf(finding) is not { } outcome)
        {
            return;
        }

        LogFound(id, finding, outcome);
        switch (outcome)
        {
            case ScanOutcome.Reject:
                await RejectAsync(found, ScanReasons.Of(finding), cancellation);
                break;
            case ScanOutcome.Link:
                await LinkAsync(found.Message, cancellation);
                break;
            case ScanOutcome.Defer:
                throw new TransientFault("The message waits for the virus scan.");
            default:
                break;
        }
    }

    private async Task RejectAsync(MessagePartition found, string reason, CancellationToken cancellation)
    {
        RecipientRow[] open = [.. found.Recipients.Where(row => !row.IsFinished)];
        var now = clock.GetUtcNow();
        foreach (var row in open)
        {
            row.Reason = reason;
            row.Fail(RecipientState.Bounced);
            row.UpdatedAt = now;
            row.Record(EventDraft.Of(EventKinds.RecipientBounced, EventActors.Service, now, ("reason", reason)));
        }

        await messages.MustUpdateAsync(open, cancellation);
    }

    private async Task LinkAsync(MessageRow message, CancellationToken cancellation)
    {
        if (message.RouteOption != RouteOption.Link)
        {
            message.RouteOption = RouteOption.Link;
            await messages.MustUpdateAsync([message], cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The virus scan of message {Id} says {Finding}: {Outcome}")]
    private partial void LogFound(string id, ScanFinding finding, ScanOutcome outcome);
}
