namespace TlsOrLink.Messages;

/// <content>What the sender is told of a recipient, and what a provider tells us.</content>
internal sealed partial class RecipientRow
{
    /// <summary>Repeated from the message, so that events of recipients are pushed without reading it; empty in rows of before.</summary>
    public override string Caller
    {
        get => Get<string>() ?? "";
        set => Set(value);
    }

    /// <summary>Ended without being reached, or nobody knows: the sender is to be told.</summary>
    public bool HasFailed =>
        State is RecipientState.Bounced or RecipientState.Undeliverable or RecipientState.Unconfirmed;

    /// <summary>A provider has the mail and has not said how it ended.</summary>
    public bool IsHandedOver => State == RecipientState.Sending && HandedOverAt is not null;

    /// <summary>When a provider took the mail over, which is not delivery; null where none has it.</summary>
    public DateTimeOffset? HandedOverAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>Short hashes of the provider's last events on this recipient, newest first, with commas between.</summary>
    public string? ProviderEvents
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>A rule forbids a link for this recipient.</summary>
    public bool NeverLink
    {
        get => Get<bool>();
        set => Set(value);
    }

    /// <summary>Serial of the bounce that tells the sender of this recipient; null where none does.</summary>
    public int? ToldIn
    {
        get => Entity.GetInt32(nameof(ToldIn));
        set => Set(value);
    }
}
