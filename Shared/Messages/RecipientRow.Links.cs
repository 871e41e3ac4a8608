namespace TlsOrLink.Messages;

/// <summary>The recipient's links.</summary>
internal sealed partial class RecipientRow
{
    /// <summary>Link ids, newest first, with commas between.</summary>
    public string? LinkHashes
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary><see cref="LinkHashes"/> one by one, newest first; empty where no link was made.</summary>
    public IReadOnlyList<string> LinkIds => LinkHashes?.Split(',') ?? [];

    /// <summary>Those of <see cref="LinkIds"/> of which the trail says that they were taken back.</summary>
    public IReadOnlyList<string> RevokedLinks
    {
        get => Get<string>()?.Split(',') ?? [];
        set => Set(string.Join(',', value));
    }

    /// <summary>Of which links the trail says that their end comes near, each with that end: <c>id@unix seconds</c>.</summary>
    public IReadOnlyList<string> ExpiringTold
    {
        get => Get<string>()?.Split(',') ?? [];
        set => Set(string.Join(',', value));
    }

    public DateTimeOffset? LinkExpiresAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>When the landing page was last noted as opened; null before.</summary>
    public DateTimeOffset? OpenedAt
    {
        get => Instant();
        set => Set(value);
    }

    /// <summary>When the landing page was last noted as fetched by a scanner; null before.</summary>
    public DateTimeOffset? ScannedAt
    {
        get => Instant();
        set => Set(value);
    }
}
