using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using TlsOrLink.Domains;
using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Purging;
using TlsOrLink.Storage;

namespace TlsOrLink.Tests.Integration.Links;

/// <summary>A message as intake and delivery leave it, written by the product's own adapters.</summary>
internal sealed record StoredMessage(Rooms Rooms, MessageRow Message, IReadOnlyList<IssuedLink> Links)
{
    public const string JapaneseName = "御見積書（最終版）①〜髙橋.xlsx";

    public string Id => Message.Id;

    public string FilesPrefix => $"{Keys.Hour(Message.CreatedAt)}/{Id}/";

    /// <summary>Takes in a message without finishing it.</summary>
    /// <param name="at">When; default now.</param>
    public static async Task<MessageRow> TakeInAsync(Rooms rooms, int recipients = 2, DateTimeOffset? at = null)
    {
        var (id, attempt, now) = (
            Guid.NewGuid().ToString("n"),
            Guid.NewGuid().ToString("n")[..8],
            at ?? DateTimeOffset.UtcNow
        );
        var blob = rooms
            .Get<BlobServiceClient>()
            .GetBlobContainerClient(ContainerNames.Messages)
            .GetBlockBlobClient(Keys.MessageBlob(now, id, attempt));
        var content = new StagedContent(blob);
        content.Arrange([content.Literal("Subject: x\r\n\r\nbody")]);
        var intake = new Messages.Intake(
            id,
            attempt,
            "caller",
            now,
            Address("yamada@sender.example"),
            [.. Enumerable.Range(0, recipients).Select(n => Address($"r{n}@plain.example"))],
            new IntakeOptionsAsked(),
            MailLanguage.Ja,
            BodyHash: id,
            HasIdempotencyKey: false,
            content
        );
        return (await rooms.Get<IntakeWriter>().WriteAsync(intake, default)).ShouldBeOfType<Stored>().Message;
    }

    /// <summary>A message with two files and a link for each recipient; finished unless said otherwise.</summary>
    public static async Task<StoredMessage> NewAsync(
        Rooms rooms,
        TimeSpan life,
        int recipients = 2,
        bool isFinished = true,
        string fileContent = "confidential"
    )
    {
        var message = await TakeInAsync(rooms, recipients);
        var files = await UploadAsync(rooms, message, fileContent);
        var order = new LinkOrder(
            message.Id,
            message.Attempt,
            "yamada@sender.example",
            "山田 太郎",
            message.Language,
            files,
            life
        );
        var expiresAt = rooms.Get<LinkIssuer>().ExpiryOf(order);
        message.LinksUntil = expiresAt;
        message.FileCount = files.Count;
        message.State = isFinished ? MessageState.Completed : MessageState.Delivering;
        message.CompletedAt = isFinished ? message.CreatedAt : null;
        await rooms.Get<MessageTable>().UpdateMessageAsync(message, default);
        var links = await rooms
            .Get<LinkIssuer>()
            .IssueAsync(
                order,
                [.. Enumerable.Range(0, recipients).Select(n => new LinkHolder(n, $"r{n}@plain.example"))],
                expiresAt,
                default
            );
        await MarkLinkedAsync(rooms, message, links);
        if (isFinished)
        {
            var due = rooms.Get<DueTable>();
            await due.InsertAsync(rooms.Get<ContentDue>().Of(message, message.CreatedAt), default);
            await due.DeleteAsync(DueKinds.Open, message.CreatedAt, message.Id, default);
        }

        return new StoredMessage(rooms, message, links);
    }

    public Task<IReadOnlyList<RecipientRow>> RecipientsAsync() =>
        Rooms.Get<MessageTable>().RecipientsAsync(Id, Message.Attempt, 0, Message.RecipientCount, default);

    public async Task<int> BlobCountAsync(string container)
    {
        var blobs = Rooms.Get<BlobServiceClient>().GetBlobContainerClient(container);
        var options = new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = FilesPrefix };
        return await blobs.GetBlobsAsync(options, default).CountAsync();
    }

    private static async Task<IReadOnlyList<LinkFile>> UploadAsync(Rooms rooms, MessageRow message, string content)
    {
        var container = rooms.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Files);
        await container.UploadBlobAsync(Keys.BodyBlob(message.CreatedAt, message.Id), new BinaryData("body"));
        List<LinkFile> files = [];
        foreach (var (n, name) in new[] { (1, JapaneseName), (2, "契約書.pdf") })
        {
            var blob = Keys.FileBlob(message.CreatedAt, message.Id, n);
            await container.UploadBlobAsync(blob, new BinaryData($"{content}{n}"));
            files.Add(new LinkFile(n, name, n == 2 ? "application/pdf" : "text/html", content.Length + 1, blob));
        }

        return files;
    }

    private static async Task MarkLinkedAsync(Rooms rooms, MessageRow message, IReadOnlyList<IssuedLink> links)
    {
        var messages = rooms.Get<MessageTable>();
        var rows = await messages.RecipientsAsync(message.Id, message.Attempt, 0, message.RecipientCount, default);
        foreach (var row in rows)
        {
            row.State = RecipientState.Linked;
            row.LinkHashes = links[row.N].Row.LinkId;
            row.LinkExpiresAt = links[row.N].Row.ExpiresAt;
        }

        await messages.UpdateAsync(rows, default);
    }

    private static MailAddress Address(string text) =>
        MailAddress.TryParse(text, out var address) ? address : throw new FormatException(text);
}
