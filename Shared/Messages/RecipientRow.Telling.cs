namespace TlsOrLink.Messages;

/// <content>What the sender is told of a recipient.</content>
internal sealed partial class RecipientRow
{
    /// <summary>Ended without being reached, or nobody knows: the sender is to be told.</summary>
    public bool HasFailed =>
        State is RecipientState.Bounced or RecipientState.Undeliverable or RecipientState.Unconfirmed;

    /// <summary>Serial of the bounce that tells the sender of this recipient; null where none does.</summary>
    public int? ToldIn
    {
        get => Entity.GetInt32(nameof(ToldIn));
        set => Set(value);
    }
}
