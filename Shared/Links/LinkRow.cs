using Azure;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>One recipient's way to one message's files, as the table keeps it.</summary>
/// <param name="LinkId">Hash of the token, see <see cref="LinkToken.LinkId"/>.</param>
/// <param name="MessageId">The message whose files these are.</param>
/// <param name="Attempt">The intake attempt that won, names the recipient's row.</param>
/// <param name="N">Number of the recipient's row within the attempt.</param>
/// <param name="CreatedAt">When the link was made.</param>
/// <param name="ExpiresAt">From this instant on nothing is handed out.</param>
internal sealed record LinkRow(
    string LinkId,
    string MessageId,
    string Attempt,
    int N,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
)
{
    /// <summary>When the sender took the link back; null where nobody did.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Presses allowed over all files; null (the default) for no limit.</summary>
    public int? MaxDownloads { get; init; }

    /// <summary>Presses so far, each file counted once in <see cref="Presses.Window"/>.</summary>
    public int Downloads { get; init; }

    /// <summary>The last counted press of any file; null before the first.</summary>
    public DateTimeOffset? LastPressAt { get; init; }

    /// <summary>Address of the sender; empty once the row is a tombstone.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Display name of the sender, hostile input; empty where the message names none or the row is a tombstone.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>The message's language, for readers whose browser states none.</summary>
    public MailLanguage Language { get; init; } = MailLanguage.Ja;

    /// <summary>The files; empty once the row is a tombstone.</summary>
    public IReadOnlyList<LinkFile> Files { get; init; } = [];

    /// <summary>Keyed hash of the recipient's own address; empty once the row is a tombstone.</summary>
    public string RecipientHash { get; init; } = "";

    /// <summary>Slug of why the files did not go by TLS; empty where it is not known.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the recipient types before anything is handed out.</summary>
    public LinkLock Lock { get; init; } = LinkLock.Open;

    /// <summary>Wrong codes so far; from <see cref="CodeTries.Most"/> on the link is locked until it is extended.</summary>
    public int WrongCodes { get; init; }

    /// <summary>Keyed hash of the last wrong code: the same mistake made again is one mistake.</summary>
    public string LastWrongCode { get; init; } = "";

    /// <summary>From which the one-time code that was mailed is derived, see <see cref="MailedCode"/>; empty where none can be typed.</summary>
    public string CodeSeed { get; init; } = "";

    /// <summary>Until when that code is good; null where there is none.</summary>
    public DateTimeOffset? CodeUntil { get; init; }

    /// <summary>When the last code was mailed; null for never.</summary>
    public DateTimeOffset? CodeMailedAt { get; init; }

    /// <summary>Codes mailed on the day of <see cref="CodeMailedAt"/>.</summary>
    public int CodesMailed { get; init; }

    /// <summary>When the recipient last asked for the files anew; null for never.</summary>
    public DateTimeOffset? RenewalAskedAt { get; init; }

    /// <summary>The sender is told of the first download.</summary>
    public bool NotifyOnDownload { get; init; }

    /// <summary>When a recipient who has downloaded nothing is reminded; null for never.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>From which the token can be derived with the key, see <see cref="LinkSeeds"/>; empty where nobody is to be reminded.</summary>
    public string Seed { get; init; } = "";

    /// <summary>The mail names the storage addresses of <see cref="Files"/>, which are copies of the recipient's own; nobody has the token.</summary>
    public bool IsDirect { get; init; }

    /// <summary>The sender, or the settings of the caller, want the bytes of its files to come from the link's own host.</summary>
    public bool IsSameHost { get; init; }

    /// <summary>The purge has taken everything but the fact that this link existed.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>Version of the row as read; default for a row that is not yet stored.</summary>
    public ETag ETag { get; init; }

    /// <summary>The name to show for the sender: the display name, else the address, else empty (a tombstone).</summary>
    public string ShownSender => SenderName.Length > 0 ? SenderName : Sender;

    /// <summary>The public id alone: names and addresses must not end in a log.</summary>
    public override string ToString() => $"{nameof(LinkRow)} {LinkId}";

    /// <summary>What is left after the purge: no names, no sender, no files; the state stays readable.</summary>
    public LinkRow ToTombstone() =>
        this with
        {
            Sender = "",
            SenderName = "",
            RecipientHash = "",
            Lock = LinkLock.Open,
            LastWrongCode = "",
            Seed = "",
            CodeSeed = "",
            Files = [],
            IsTombstone = true,
        };
}

/// <summary>What stands before the files of a link.</summary>
/// <param name="Kind">Where the code comes from.</param>
/// <param name="Hash">Slow hash of the code; empty where it is derived, or where there is none.</param>
internal sealed record LinkLock(AccessCodeKind Kind, string Hash)
{
    /// <summary>No code.</summary>
    public static readonly LinkLock Open = new(AccessCodeKind.None, "");

    /// <summary>A code is asked for.</summary>
    public bool IsSet => Kind != AccessCodeKind.None;

    /// <summary>The kind alone.</summary>
    public override string ToString() => $"{nameof(LinkLock)} {Kind}";
}

/// <summary>One file behind a link.</summary>
/// <param name="N">Number within the message, stands in the URL.</param>
/// <param name="Name">As the sender named it: hostile input.</param>
/// <param name="ContentType">As the sender declared it: hostile input.</param>
/// <param name="Bytes">Decoded size.</param>
/// <param name="Blob">Name within the container of files.</param>
internal sealed record LinkFile(int N, string Name, string ContentType, long Bytes, string Blob)
{
    /// <summary>Number of the file that is the whole message.</summary>
    public const int Whole = 0;

    /// <summary>The last press of this file that counted; null before the first.</summary>
    public DateTimeOffset? LastPressAt { get; init; }

    /// <summary>The file of a row that was taken out.</summary>
    public static LinkFile Of(FileRow row) => new(row.N, row.Name, row.ContentType, row.Bytes, row.Blob);

    /// <summary>The number alone: names must not end in a log.</summary>
    public override string ToString() => $"{nameof(LinkFile)} {N}";
}
