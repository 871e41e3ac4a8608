using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using TlsOrLink.Functions.Orchestration;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Ends a message whose recipients are all finished.</summary>
internal sealed class CompleteMessage(
    Completion completion,
    MailedDomains mailed,
    EventPush push,
    IOptions<PurgingOptions> purging
)
{
    [Function(nameof(CompleteMessage))]
    public async Task RunAsync(
        [ActivityTrigger] Input input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation
    )
    {
        await completion.CompleteAsync(
            new SeenMessage(input.Id, input.CreatedAt, input.ETag, input.Head) { Caller = input.Caller },
            purging.Value.ContentLife,
            cancellation
        );
        await mailed.LearnAsync(input.Id, cancellation);
        await push.FlushAsync(client);
    }

    /// <summary>Which message.</summary>
    /// <param name="Id">Message id.</param>
    /// <param name="CreatedAt">When intake took it.</param>
    /// <param name="ETag">Version of its row at the begin of the round.</param>
    internal sealed record Input(string Id, DateTimeOffset CreatedAt, string ETag)
    {
        /// <summary>Head of the message's audit chain in that version; null in histories of before there was one.</summary>
        public string? Head { get; init; }

        /// <summary>Name of the caller that owns it; null in histories of before it was told.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Caller { get; init; }
    }
}
