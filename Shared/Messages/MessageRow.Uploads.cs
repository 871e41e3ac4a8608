namespace TlsOrLink.Messages;

/// <content>What was uploaded before.</content>
internal sealed partial class MessageRow
{
    /// <summary>Uploaded files that the message refers to, each a blob of its own beside those of its files; 0 where it refers to none.</summary>
    public int UploadCount
    {
        get => Entity.GetInt32(nameof(UploadCount)) ?? 0;
        set => Set(value > 0 ? value : null);
    }
}
