using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>The words of the pages behind a link, in one language.</summary>
internal sealed record LinkWords
{
    public static readonly LinkWords Japanese = new()
    {
        Landing = "添付ファイルのお受け取り",
        From = "差出人",
        SentAt = "お預かり日時",
        Until = "お受け取り期限",
        Files = "ファイル",
        Download = "ダウンロード",
        Stalled = "止まった場合は、この画面に戻り、もう一度押してください。",
        NoPassword =
            "パスワードをお尋ねすることはございません。ご不審な場合は、ご存じの電話番号で差出人までご確認ください。",
        UnnamedSender = "差出人",
        Unknown = new(
            "お受け取りページが見つかりません",
            "URL が途中で切れていないか、メールのリンクをもう一度ご確認ください。"
        ),
        Expired = new(
            "お受け取り期限を過ぎております",
            "恐れ入りますが、{0}へ再送をご依頼くださいますようお願い申し上げます。"
        ),
        Revoked = new(
            "このリンクは取り消されました",
            "{0}が送信を取り消したため、ファイルをお渡しできません。お心当たりのない場合は、ご存じの電話番号で{0}までご確認ください。"
        ),
        UsedUp = new(
            "お受け取り回数の上限に達しております",
            "もう一度必要な場合は、恐れ入りますが、{0}へ再送をご依頼くださいますようお願い申し上げます。"
        ),
        Busy = new(
            "ただいま混み合っております",
            "恐れ入りますが、少し時間をおいて、もう一度お試しください。ファイルは期限までお預かりしております。"
        ),
    };

    public static readonly LinkWords English = new()
    {
        Landing = "Your files are ready",
        From = "From",
        SentAt = "Sent",
        Until = "Pick up by",
        Files = "Files",
        Download = "Download",
        Stalled = "If it stops, come back to this page and press again.",
        NoPassword =
            "You will never be asked for a password. If in doubt, call the sender on a number that you already have.",
        UnnamedSender = "the sender",
        Unknown = new(
            "We cannot find this page",
            "The address may have been cut off. Please open the link in the mail again, or copy it whole."
        ),
        Expired = new("The pick-up period has ended", "Please ask {0} to send it again."),
        Revoked = new(
            "This link was taken back",
            "{0} withdrew these files, so we can no longer hand them out. If that surprises you, call {0} on a number that you "
                + "already have."
        ),
        UsedUp = new(
            "All downloads of this link are used",
            "If you need the files again, please ask {0} to send them again."
        ),
        Busy = new(
            "We are busy right now",
            "Please wait a moment and try again. Your files are kept until the link expires."
        ),
    };

    public required string Landing { get; init; }
    public required string From { get; init; }
    public required string SentAt { get; init; }
    public required string Until { get; init; }
    public required string Files { get; init; }
    public required string Download { get; init; }
    public required string Stalled { get; init; }
    public required string NoPassword { get; init; }
    public required string UnnamedSender { get; init; }
    public required Saying Unknown { get; init; }
    public required Saying Expired { get; init; }
    public required Saying Revoked { get; init; }
    public required Saying UsedUp { get; init; }
    public required Saying Busy { get; init; }

    public static LinkWords In(MailLanguage language) => language == MailLanguage.En ? English : Japanese;

    /// <summary>What to say about a state in which nothing is handed out.</summary>
    public Saying Of(LinkState state) =>
        state switch
        {
            LinkState.Unknown => Unknown,
            LinkState.Expired => Expired,
            LinkState.Revoked => Revoked,
            LinkState.UsedUp => UsedUp,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A live link has a page of its own."),
        };
}

/// <summary>A heading and a sentence; <c>{0}</c> is the sender's name.</summary>
internal sealed record Saying(string Heading, string Sentence);
