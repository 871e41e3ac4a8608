using TlsOrLink.Messages;

namespace TlsOrLink.Reporting;

/// <summary>The words of a report in one language.</summary>
/// <param name="Subject">Of the mail.</param>
/// <param name="Summary">How many of how many were reached.</param>
/// <param name="Taken">When the message came in.</param>
/// <param name="Message">Before its id.</param>
/// <param name="Who">Column.</param>
/// <param name="What">Column.</param>
/// <param name="How">Column.</param>
/// <param name="When">Column.</param>
/// <param name="Detail">Column.</param>
internal sealed record ReportWords(
    string Subject,
    string Summary,
    string Taken,
    string Message,
    string Who,
    string What,
    string How,
    string When,
    string Detail
)
{
    private static readonly ReportWords English = new(
        "Delivery report",
        "{0} of {1} recipients were reached.",
        "Taken",
        "Message",
        "Recipient",
        "State",
        "How",
        "When",
        "Details"
    );

    private static readonly ReportWords Japanese = new(
        "送達記録",
        "宛先 {1} 件のうち {0} 件に届きました。",
        "受付",
        "メッセージ",
        "宛先",
        "状態",
        "届け方",
        "日時",
        "詳細"
    );

    public static ReportWords In(MailLanguage language) => language == MailLanguage.En ? English : Japanese;

    /// <summary>A recipient's state for people.</summary>
    public static string Of(RecipientState state, MailLanguage language) =>
        language == MailLanguage.En ? InEnglish(state) : InJapanese(state);

    private static string InEnglish(RecipientState state) =>
        state switch
        {
            RecipientState.Accepted => "Taken by the recipient's server",
            RecipientState.Linked => "Download link taken by the recipient's server",
            RecipientState.Downloaded => "Downloaded",
            RecipientState.Expired => "Link expired",
            RecipientState.Revoked => "Link revoked",
            RecipientState.Bounced or RecipientState.Undeliverable => "Not delivered",
            RecipientState.Cancelled => "Cancelled",
            RecipientState.Unconfirmed => "Unknown: the server's answer was lost",
            _ => "On its way",
        };

    private static string InJapanese(RecipientState state) =>
        state switch
        {
            RecipientState.Accepted => "相手先サーバーが受領",
            RecipientState.Linked => "ダウンロードリンクを相手先サーバーが受領",
            RecipientState.Downloaded => "ダウンロード済み",
            RecipientState.Expired => "受け取り期限切れ",
            RecipientState.Revoked => "リンクの無効化済み",
            RecipientState.Bounced or RecipientState.Undeliverable => "未達",
            RecipientState.Cancelled => "取り消し",
            RecipientState.Unconfirmed => "不明（サーバーの応答なし）",
            _ => "送信中",
        };
}
