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
        AllAsZip = "すべてを ZIP でダウンロード",
        DownloadsLeft = "残りのダウンロード回数",
        Address = "お客様のメールアドレス",
        AddressHint = "このメールをお受け取りになったアドレスをご入力ください。ご本人の確認にのみ使用いたします。",
        WrongAddress = "メールアドレスが一致しません。このメールをお受け取りになったアドレスをご確認ください。",
        Renew = "再送を依頼する",
        Asked = new(
            "再送のご依頼をお伝えしました",
            "{0}へ再送のご依頼をお伝えいたしました。新しいメールが届くまで、今しばらくお待ちください。"
        ),
        Code = "アクセスコード",
        CodeHint =
            "差出人よりお知らせしたアクセスコードをご入力ください。大文字・小文字・ハイフンの区別はございません。",
        Passphrase = "取引先合言葉",
        PassphraseHint = "差出人とお取り決めの合言葉をご入力ください。",
        Open = "ファイルを表示",
        WrongCode = "コードが一致しません。もう一度ご確認ください。",
        CodeLocked = "コードの入力が続けて一致しなかったため、受け取りを停止しております。差出人へご連絡ください。",
        TooMany = "操作が続いております。恐れ入りますが、しばらくしてからもう一度お試しください。",
        HowToVerify = "このページが本物かどうかを確認する方法",
        Back = "受け取りページに戻る",
        ForIt = "IT ご担当者様へ：次回から添付ファイルを直接お受け取りいただくには",
        ForItLead =
            "貴社のメールサーバーの TLS が確認できれば、次回から添付ファイルはこのページを通さず、メールのまま暗号化されて届きます。",
        Found = "確認結果：",
        Change = "必要な設定：",
        Recheck = "もう一度確認する",
        RecheckDirect = "TLS が確認できました。次回から添付ファイルは直接届きます。",
        RecheckNot = "まだ直接お届けできる状態ではありません。",
        Unknown = new(
            "お受け取りページが見つかりません",
            "URL が途中で切れていないか、メールのリンクをもう一度ご確認ください。"
        ),
        Expired = new(
            "お受け取り期限を過ぎております",
            "下のボタンを押していただきますと、{0}へ再送のご依頼をお伝えいたします。"
        ),
        Revoked = new(
            "このリンクは取り消されました",
            "{0}が送信を取り消したため、ファイルをお渡しできません。お心当たりのない場合は、ご存じの電話番号で{0}までご確認ください。"
        ),
        UsedUp = new(
            "お受け取り回数の上限に達しております",
            "もう一度必要な場合は、下のボタンを押していただきますと、{0}へ再送のご依頼をお伝えいたします。"
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
        AllAsZip = "Download all as ZIP",
        DownloadsLeft = "Downloads left",
        Address = "Your mail address",
        AddressHint =
            "The address at which you got this mail. It is used to check that it is you, and for nothing else.",
        WrongAddress = "That is not the address to which this mail went. Please check it.",
        Renew = "Ask for a new link",
        Asked = new(
            "We have told the sender",
            "{0} knows that you ask for the files again. Please wait for a new mail."
        ),
        Code = "Access code",
        CodeHint = "The code that the sender gave you. Capital letters and hyphens make no difference.",
        Passphrase = "Passphrase",
        PassphraseHint = "The passphrase that you agreed on with the sender.",
        Open = "Show the files",
        WrongCode = "That is not the code. Please check it.",
        CodeLocked = "Too many wrong codes were entered, so this link is locked. Please tell the sender.",
        TooMany = "That was asked too often. Please wait a while and try again.",
        HowToVerify = "How to check that this page is genuine",
        Back = "Back to the files",
        ForIt = "For your IT department: how attachments would arrive directly",
        ForItLead =
            "Once your mail server proves TLS, attachments arrive encrypted within the mail itself, without this page.",
        Found = "What we found:",
        Change = "What to change:",
        Recheck = "Check again",
        RecheckDirect = "TLS is proven: attachments will arrive directly from now on.",
        RecheckNot = "Attachments cannot go directly yet.",
        Unknown = new(
            "We cannot find this page",
            "The address may have been cut off. Please open the link in the mail again, or copy it whole."
        ),
        Expired = new("The pick-up period has ended", "Press the button and we will ask {0} to send it again."),
        Revoked = new(
            "This link was taken back",
            "{0} withdrew these files, so we can no longer hand them out. If that surprises you, call {0} on a number that you "
                + "already have."
        ),
        UsedUp = new(
            "All downloads of this link are used",
            "If you need the files again, press the button and we will ask {0} to send them again."
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
    public required string AllAsZip { get; init; }
    public required string DownloadsLeft { get; init; }
    public required string Address { get; init; }
    public required string AddressHint { get; init; }
    public required string WrongAddress { get; init; }
    public required string Renew { get; init; }
    public required string Code { get; init; }
    public required string CodeHint { get; init; }
    public required string Passphrase { get; init; }
    public required string PassphraseHint { get; init; }
    public required string Open { get; init; }
    public required string WrongCode { get; init; }
    public required string CodeLocked { get; init; }
    public required string TooMany { get; init; }
    public required string HowToVerify { get; init; }
    public required string Back { get; init; }
    public required string ForIt { get; init; }
    public required string ForItLead { get; init; }
    public required string Found { get; init; }
    public required string Change { get; init; }
    public required string Recheck { get; init; }
    public required string RecheckDirect { get; init; }
    public required string RecheckNot { get; init; }
    public required Saying Asked { get; init; }
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
