namespace TlsOrLink.Messages;

/// <summary>The part of <c>options.link</c> that tightens or accompanies the links; what is null is as the operator set it.</summary>
internal sealed record LinkWish
{
    /// <summary>Nothing asked for.</summary>
    public static readonly LinkWish None = new();

    /// <summary>Downloads that each link is good for; 1 to 1,000.</summary>
    public int? MaxDownloads { get; init; }

    /// <summary>What the recipient types first.</summary>
    public AccessCodeWish? AccessCode { get; init; }

    /// <summary>The sender is told of the first download of each link.</summary>
    public bool? NotifyOnDownload { get; init; }

    /// <summary>What the links lead to.</summary>
    public LinkMode? Mode { get; init; }

    /// <summary>Where the bytes of files come from.</summary>
    public LinkBytes? Bytes { get; init; }

    /// <summary>Hours before the end at which a recipient who has downloaded nothing is reminded; 1 to 336, 0 for never.</summary>
    public int? RemindBeforeHours { get; init; }
}
