using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using TlsOrLink.Purging;
using TlsOrLink.Sending;

namespace TlsOrLink.Functions.Activities;

/// <summary>Ends a message whose recipients are all finished.</summary>
internal sealed class CompleteMessage(Completion completion, IOptions<PurgingOptions> purging)
{
    [Function(nameof(CompleteMessage))]
    public Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellation) =>
        completion.CompleteAsync(input.Id, input.CreatedAt, input.ETag, purging.Value.ContentLife, cancellation);

    /// <summary>Which message.</summary>
    /// <param name="Id">Message id.</param>
    /// <param name="CreatedAt">When intake took it.</param>
    /// <param name="ETag">Version of its row at the begin of the round.</param>
    internal sealed record Input(string Id, DateTimeOffset CreatedAt, string ETag);
}
