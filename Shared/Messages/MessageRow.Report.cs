namespace TlsOrLink.Messages;

/// <content>What the sender is told at the end.</content>
internal sealed partial class MessageRow
{
    /// <summary>Address that gets a report when the message is completed; null for none.</summary>
    public string? ReportTo
    {
        get => Get<string>();
        set => Set(value);
    }
}
