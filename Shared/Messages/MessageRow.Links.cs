namespace TlsOrLink.Messages;

/// <summary>What the sender asked of the links; null for what the operator set.</summary>
internal sealed partial class MessageRow
{
    public int? MaxDownloads
    {
        get => Entity.GetInt32(nameof(MaxDownloads));
        set => Set(value);
    }

    public AccessCodeKind? AccessCode
    {
        get => Word<AccessCodeKind>();
        set => SetWord(value);
    }

    /// <summary>Slow hash of a code that the sender chose.</summary>
    public string? AccessCodeHash
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>What the links lead to.</summary>
    public LinkMode? LinkMode
    {
        get => Word<LinkMode>();
        set => SetWord(value);
    }

    /// <summary>Where the bytes of files come from.</summary>
    public LinkBytes? LinkBytes
    {
        get => Word<LinkBytes>();
        set => SetWord(value);
    }

    public bool? NotifyOnDownload
    {
        get => Entity.GetBoolean(nameof(NotifyOnDownload));
        set => Set(value);
    }

    /// <summary>Hours before the end; 0 for never.</summary>
    public int? RemindBeforeHours
    {
        get => Entity.GetInt32(nameof(RemindBeforeHours));
        set => Set(value);
    }

    /// <summary>Everything that <see cref="LinkWish"/> says.</summary>
    public LinkWish LinkWish
    {
        get =>
            new()
            {
                MaxDownloads = MaxDownloads,
                AccessCode = AccessCode is { } kind ? new AccessCodeWish(kind, AccessCodeHash) : null,
                Mode = LinkMode,
                Bytes = LinkBytes,
                NotifyOnDownload = NotifyOnDownload,
                RemindBeforeHours = RemindBeforeHours,
            };
        set
        {
            MaxDownloads = value.MaxDownloads;
            AccessCode = value.AccessCode?.Kind;
            AccessCodeHash = value.AccessCode?.Hash;
            LinkMode = value.Mode;
            LinkBytes = value.Bytes;
            NotifyOnDownload = value.NotifyOnDownload;
            RemindBeforeHours = value.RemindBeforeHours;
        }
    }
}
