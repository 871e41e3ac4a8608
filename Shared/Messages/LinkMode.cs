namespace TlsOrLink.Messages;

/// <summary>What a link in a mail leads to.</summary>
internal enum LinkMode
{
    /// <summary>A landing page.</summary>
    Page,

    /// <summary>Straight to each file: the mail holds shared access signatures of copies of the recipient's own.</summary>
    Sas,
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
    public static void Check(IntakeOptionsAsked asked, LinkMode set)
    {
        if (asked.Link.Mode == LinkMode.Sas && set != LinkMode.Sas)
        {
            throw IntakeRefusal.BelowFloor("options.link.mode", "page");
        }

        if ((asked.Link.Mode ?? set) != LinkMode.Sas)
        {
            return;
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
