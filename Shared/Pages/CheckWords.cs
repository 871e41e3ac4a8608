using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>The words of the check before sending, in one language; <c>{0}</c> and so on are filled in.</summary>
internal sealed record CheckWords
{
    private static readonly CheckWords Japanese = new()
    {
        Title = "送信前の確認",
        Lead = "宛先のメールサーバーを調べ、添付ファイルがどのように届くかをお知らせします。メールは送信しません。",
        Typed = "メールアドレスまたはドメイン",
        TypedHint = "1 行に 1 件。「domain,件数」と書くと、件数で集計します。",
        File = "または CSV ファイル",
        FileHint = "1 列目にドメイン、2 列目に件数（省略可）。最大 {0} 件。",
        Check = "確認する",
        Again = "別の宛先を確認する",
        Report = "確認結果",
        AllDirect = "すべて TLS で直接届きます。",
        Summary = "{2}% が TLS で直接届きます（{0}のうち{1}）。",
        Domains = "{0} ドメイン",
        OneDomain = "1 ドメイン",
        Mails = "メール {0} 通",
        OneMail = "メール 1 通",
        Tls = "TLS で送信",
        Link = "ダウンロードリンク",
        Deferred = "再送待ち",
        Undeliverable = "配信不可",
        Why = "直接届かない理由",
        Each = "ドメインごとの結果",
        Change = "相手先で必要な変更",
        Evidence = "確認の記録",
        Level = "TLS 確認結果",
        Policy = "公開ポリシー",
        FoundAt = "確認日時",
        Host = "受信サーバー",
        Certificate = "証明書",
        NoHosts = "接続したサーバーはありません。",
        Csv = "CSV をダウンロード",
        Faults = "読み取れない行があります。直してからもう一度お試しください。",
        Line = "{0} 行目",
        BadLine = "メールアドレスまたはドメイン（2 列目は件数）にしてください。",
        TooLong = "件数が多すぎます。分けて確認してください。",
        TooMany = "しばらくの間に多くの確認がありました。{0} 秒ほどおいて、もう一度お試しください。",
        NotProbed = "規則により、調べていません。",
    };

    private static readonly CheckWords English = new()
    {
        Title = "Check before sending",
        Lead = "See how attachments will reach each recipient. Their mail servers are asked now; no mail is sent.",
        Typed = "Mail addresses or domains",
        TypedHint = "One a line. Write “domain,count” to weigh by the number of mails.",
        File = "Or a CSV file",
        FileHint = "Domain in the first column, number of mails in the second (optional). At most {0} lines.",
        Check = "Check",
        Again = "Check others",
        Report = "How your mail will arrive",
        AllDirect = "All of it arrives directly, over TLS.",
        Summary = "{2}% arrives directly, over TLS: {1} of {0}.",
        Domains = "{0} domains",
        OneDomain = "1 domain",
        Mails = "{0} mails",
        OneMail = "1 mail",
        Tls = "Directly, over TLS",
        Link = "Download link",
        Deferred = "Later",
        Undeliverable = "Undeliverable",
        Why = "Why not directly",
        Each = "Domain by domain",
        Change = "What they would have to change",
        Evidence = "Evidence",
        Level = "TLS verdict",
        Policy = "Published policy",
        FoundAt = "Found",
        Host = "Mail server",
        Certificate = "Certificate",
        NoHosts = "No server was connected to.",
        Csv = "Download CSV",
        Faults = "Some lines could not be read. Please mend them and try again.",
        Line = "Line {0}",
        BadLine = "must be a mail address or a domain (in a second column, a number).",
        TooLong = "there are too many. Please ask in parts.",
        TooMany = "That was a lot of checking in a short time. Please try again in about {0} seconds.",
        NotProbed = "Not looked at, because of a rule.",
    };

    public required string Title { get; init; }
    public required string Lead { get; init; }
    public required string Typed { get; init; }
    public required string TypedHint { get; init; }
    public required string File { get; init; }
    public required string FileHint { get; init; }
    public required string Check { get; init; }
    public required string Again { get; init; }
    public required string Report { get; init; }
    public required string AllDirect { get; init; }
    public required string Summary { get; init; }
    public required string Domains { get; init; }
    public required string OneDomain { get; init; }
    public required string Mails { get; init; }
    public required string OneMail { get; init; }
    public required string Tls { get; init; }
    public required string Link { get; init; }
    public required string Deferred { get; init; }
    public required string Undeliverable { get; init; }
    public required string Why { get; init; }
    public required string Each { get; init; }
    public required string Change { get; init; }
    public required string Evidence { get; init; }
    public required string Level { get; init; }
    public required string Policy { get; init; }
    public required string FoundAt { get; init; }
    public required string Host { get; init; }
    public required string Certificate { get; init; }
    public required string NoHosts { get; init; }
    public required string Csv { get; init; }
    public required string Faults { get; init; }
    public required string Line { get; init; }
    public required string BadLine { get; init; }
    public required string TooLong { get; init; }
    public required string TooMany { get; init; }
    public required string NotProbed { get; init; }

    public static CheckWords In(MailLanguage language) => language == MailLanguage.En ? English : Japanese;
}
