using Microsoft.Azure.Functions.Worker;

namespace TlsOrLink.Functions.Activities;

/// <summary>Takes the attachments out of a message, when its first recipient needs a link.</summary>
internal sealed class TakeOutFiles(Messages.TakeOutFiles files)
{
    [Function(nameof(TakeOutFiles))]
    public Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellation) =>
        files.RunAsync(input.Id, cancellation);

    /// <summary>Which message.</summary>
    /// <param name="Id">Message id.</param>
    internal sealed record Input(string Id);
}
