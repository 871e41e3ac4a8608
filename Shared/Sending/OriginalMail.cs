using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using TlsOrLink.Messages;
using TlsOrLink.Routing;
using TlsOrLink.Storage;

namespace TlsOrLink.Sending;

/// <summary>The message as it came in, to all recipients of a domain at once: route <c>tls</c>.</summary>
internal sealed class OriginalMail(BlobServiceClient blobs, IOptions<DeliveryOptions> options)
{
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ContainerNames.Messages);

    /// <summary>The mail of one message.</summary>
    public IMailing For(SendTarget target) =>
        new Mailing(
            container.GetBlobClient(Keys.MessageBlob(target.CreatedAt, target.Id, target.Attempt)),
            options.Value.RecipientsPerTransaction
        );

    private sealed class Mailing(BlobClient blob, int recipients) : IMailing
    {
        public int RecipientsPerTransaction => recipients;

        public RecipientState StateWhenTaken => RecipientState.Accepted;

        public Route Route => Route.Tls;

        public bool Takes(RecipientRow row) => row.Route != Route.Link;

        public Task<Mail> PrepareAsync(IReadOnlyList<RecipientRow> rows, CancellationToken cancellation) =>
            Task.FromResult(new Mail(token => blob.OpenReadAsync(cancellationToken: token), Bytes: null));
    }
}
