using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Ends a message whose recipients are all finished.</summary>
internal sealed class CompleteMessage(Completion completion, MailedDomains mailed, IOptions<PurgingOptions> purging)
{
    [Function(nameof(CompleteMessage))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellation)
    {
        await completion.CompleteAsync(
            new SeenMessage(input.Id, input.CreatedAt, input.ETag, input.Head),
            purging.Value.ContentLife,
            cancellation
        );
        await mailed.LearnAsync(input.Id, cancellation);
    }

    /// <summary>Which message.</summary>
    /// <param name="Id">Message id.</param>
    /// <param name="CreatedAt">When intake took it.</param>
    /// <param name="ETag">Version of its row at the begin of the round.</param>
    internal sealed record Input(string Id, DateTimeOffset CreatedAt, string ETag)
    {
        /// <summary>Head of the message's audit chain in that version; null in histories of before there was one.</summary>
        public string? Head { get; init; }
    }
}
