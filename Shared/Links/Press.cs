namespace TlsOrLink.Links;

/// <summary>What a person shows beside the token.</summary>
/// <param name="Pass">From <see cref="LinkPass"/>; null where the browser has none.</param>
/// <param name="Address">The recipient's own address as typed; null where absent.</param>
internal sealed record PressProof(string? Pass, string? Address)
{
    /// <summary>Nothing but the token.</summary>
    public static readonly PressProof Nothing = new(null, null);

    /// <summary>What the request shows of whoever presses: for the trail, and no proof of anything; null where nothing is known.</summary>
    public ReaderSigns? Signs { get; init; }

    /// <summary>Nothing: both are secrets or personal.</summary>
    public override string ToString() => nameof(PressProof);
}

/// <summary>What a press lacks.</summary>
internal enum PressNeed
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The access code.</summary>
    Code,

    /// <summary>The recipient's own address.</summary>
    Address,
}

/// <summary>What became of a press.</summary>
/// <param name="State">The link's state; <see cref="LinkState.Unknown"/> also where the link has no such file.</param>
/// <param name="Row">The link, or null where there is none.</param>
/// <param name="Need">What the press lacks; nothing was counted then.</param>
internal sealed record Press(LinkState State, LinkRow? Row, PressNeed Need = PressNeed.None)
{
    /// <summary>Until when the bytes of file n may be had, and where; null unless one file was granted. A secret: for the <c>Location</c> header only.</summary>
    public Uri? Location { get; init; }

    /// <summary>The press was the first of this link that counted.</summary>
    public bool IsFirst { get; init; }

    /// <summary>What was pressed may be handed out.</summary>
    public bool IsGranted => State == LinkState.Live && Need == PressNeed.None;

    /// <summary>The state alone: neither the URL nor a name of the row may end in a log.</summary>
    public override string ToString() => $"{nameof(Press)} {State} {Need}";
}
