namespace TlsOrLink.Messages;

/// <summary>What a link in a mail leads to.</summary>
internal enum LinkMode
{
    /// <summary>A landing page.</summary>
    Page,

    /// <summary>Straight to each file: the mail holds shared access signatures of copies of the recipient's own.</summary>
    Sas,
}

/// <summary>Where the bytes of a file come from.</summary>
internal enum LinkBytes
{
    /// <summary>From storage, by a shared access signature.</summary>
    Sas,

    /// <summary>Through this app, under the link's own host.</summary>
    SameHost,
}

/// <summary>What the operator set for the links of one caller's messages.</summary>
/// <param name="Mode">What they lead to, at the loosest.</param>
/// <param name="Bytes">Where the bytes come from where the message states nothing.</param>
internal sealed record LinkPolicy(LinkMode Mode, LinkBytes Bytes)
{
    /// <summary>What nothing is stricter or looser than.</summary>
    public static readonly LinkPolicy Default = new(LinkMode.Page, LinkBytes.Sas);

    /// <summary>What is set for this caller in particular: it goes with the message.</summary>
    public LinkWish OfCaller { get; init; } = LinkWish.None;

    /// <summary>The policy of the app where a caller's settings may be stricter: bytes of the link's own host need its page.</summary>
    /// <param name="mode">For all callers.</param>
    /// <param name="bytes">For all callers.</param>
    /// <param name="paged">This caller's links lead to pages.</param>
    /// <param name="sameHost">This caller's files come from the link's own host.</param>
    public static LinkPolicy Of(LinkMode mode, LinkBytes bytes, bool paged, bool sameHost) =>
        new(paged || sameHost ? LinkMode.Page : mode, sameHost ? LinkBytes.SameHost : bytes)
        {
            OfCaller = new LinkWish
            {
                Mode = paged || sameHost ? LinkMode.Page : null,
                Bytes = sameHost ? LinkBytes.SameHost : null,
            },
        };

    /// <summary>What was asked, with what is set for the caller where nothing was.</summary>
    public LinkWish Complete(LinkWish asked) =>
        asked with
        {
            Mode = asked.Mode ?? OfCaller.Mode,
            Bytes = asked.Bytes ?? OfCaller.Bytes,
        };
}

/// <summary>What cannot be had together with <see cref="LinkMode.Sas"/>; pure.</summary>
internal static class LinkModeRules
{
    /// <summary>Longest life of a shared access signature that is signed by user delegation.</summary>
    public static readonly TimeSpan MaxSasLife = TimeSpan.FromDays(7);

    private static readonly int MaxSasHours = (int)MaxSasLife.TotalHours;

    /// <summary>Refuses options that contradict each other, and the mode where the operator has not set it.</summary>
    /// <param name="asked">The options.</param>
    /// <param name="set">What the operator set.</param>
    /// <exception cref="IntakeRefusal">They do.</exception>
    public static void Check(IntakeOptionsAsked asked, LinkPolicy set)
    {
        if (asked.Link.Mode == LinkMode.Sas && set.Mode != LinkMode.Sas)
        {
            throw IntakeRefusal.BelowFloor("options.link.mode", "page");
        }

        if (asked.Link.Bytes == LinkBytes.Sas && set.Bytes != LinkBytes.Sas)
        {
            throw IntakeRefusal.BelowFloor("options.link.bytes", "same-host");
        }

        if ((asked.Link.Mode ?? set.Mode) != LinkMode.Sas)
        {
            return;
        }

        if (asked.Link.Bytes == LinkBytes.SameHost)
        {
            throw Refusal("bytes", "they come from storage");
        }

        if (asked.Link.AccessCode is not null)
        {
            throw Refusal("accessCode", "no code can be asked for before it");
        }

        if (asked.Link.MaxDownloads is not null)
        {
            throw Refusal("maxDownloads", "nobody counts its downloads");
        }

        if (asked.LinkLifeHours > MaxSasHours)
        {
            throw Refusal("expiresInHours", $"it lives for at most {MaxSasHours} hours");
        }
    }

    private static IntakeRefusal Refusal(string field, string why) =>
        IntakeRefusal.At(
            $"options.link.{field}",
            $"The mail holds the storage address of each file (link mode sas): {why}. Leave it out, or set options.link.mode to \"page\"."
        );
}
