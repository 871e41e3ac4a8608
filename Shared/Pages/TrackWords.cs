using TlsOrLink.Links;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>The words of the pages that follow messages, in one language; each pair is Japanese and English.</summary>
internal sealed class TrackWords(MailLanguage language)
{
    public string Title => Say("送信の追跡", "Track messages");
    public string Message => Say("メッセージ", "Message");
    public string Search => Say("メールアドレスまたは ID で探す", "Find by address or id");
    public string Find => Say("探す", "Find");
    public string None => Say("該当するメッセージはありません。", "There are no such messages.");
    public string Older => Say("以前のメッセージ", "Older messages");
    public string Chart => Say("届け方（日別の宛先数）", "Routes (recipients by day)");
    public string Levels => Say("TLS 確認結果", "Verdicts");
    public string From => Say("差出人", "From");
    public string SentAt => Say("受付日時", "Taken");
    public string CompletedAt => Say("完了日時", "Completed");
    public string State => Say("状態", "State");
    public string Recipients => Say("宛先", "Recipients");
    public string Route => Say("届け方", "Route");
    public string Level => Say("TLS 確認結果", "Verdict");
    public string Reply => Say("相手サーバーの応答", "Server's reply");
    public string UpdatedAt => Say("更新日時", "Changed");
    public string Receipt => Say("送達記録", "Receipt");
    public string Link => Say("ダウンロードリンク", "Download link");
    public string Until => Say("期限", "until");
    public string Downloads => Say("ダウンロード回数", "Downloads");
    public string Events => Say("記録", "Events");
    public string Cancel => Say("取り消し", "Cancel");
    public string Recall => Say("送信取り消し（リンクの無効化）", "Recall (revokes the links)");
    public string Revoke => Say("リンクを無効にする", "Revoke the link");
    public string Extend => Say("延長する", "Extend");
    public string Hours => Say("今から何時間有効にするか", "Hours from now");
    public string Final =>
        Say(
            "TLS で送信したメールは、送信後の取り消しはできません。",
            "What was sent over TLS cannot be taken back once sent."
        );
    public string Refused =>
        Say("この操作はできませんでした。現在の状態をご確認ください。", "This could not be done. See the state below.");
    public string Back => Say("一覧に戻る", "Back to the list");
    public string NotFound => Say("このメッセージは見つかりません。", "We cannot find this message.");
    public string CertificateTitle => Say("送達証明書", "Delivery certificate");
    public string CertificateLead =>
        Say(
            "下記のメッセージの取り扱いについて、当システムの記録は次のとおりです。「受け付け済み」は相手サーバーが受け取ったことを示し、開封を示すものではありません。",
            "This is what our records say of the message below. \"Accepted\" means that the receiving server took it, not that anybody read it."
        );
    public string Evidence => Say("証跡", "Evidence");
    public string Heads => Say("記録の連鎖の末尾", "Chain heads");
    public string Intact =>
        Say(
            "記録の連鎖を検証し、欠落も改変もありませんでした。",
            "The chain of records was verified: nothing is missing or changed."
        );
    public string Broken =>
        Say(
            "記録の連鎖に不整合があります。証明には使えません。",
            "The chain of records is broken: this proves nothing."
        );
    public string VerifiedAt => Say("検証日時", "Verified");
    public string More => Say("件目以降は API でご覧ください。", "and more: ask the API.");

    public static TrackWords In(MailLanguage language) => new(language);

    /// <summary>How a recipient is reached.</summary>
    public string Of(Route? route) =>
        route switch
        {
            Routing.Route.Tls => Say("TLS で送信", "TLS"),
            Routing.Route.Link => Say("ダウンロードリンク", "Download link"),
            Routing.Route.Undeliverable => Say("配信できません", "Undeliverable"),
            _ => Say("未定", "Not yet known"),
        };

    public string Of(MessageState state) =>
        state switch
        {
            MessageState.Stored => Say("受付済み", "Stored"),
            MessageState.Held => Say("保留", "Held"),
            MessageState.Delivering => Say("配信中", "Delivering"),
            MessageState.Completed => Say("完了", "Completed"),
            MessageState.Cancelled => Say("取り消し済み", "Cancelled"),
            MessageState.Rejected => Say("差し戻し", "Rejected"),
            _ => Say("期限切れ", "Expired"),
        };

    public string Of(RecipientState state) =>
        state switch
        {
            RecipientState.Held => Say("保留", "Held"),
            RecipientState.Probing => Say("確認中", "Probing"),
            RecipientState.Sending => Say("送信中", "Sending"),
            RecipientState.Accepted => Say("受け付け済み", "Accepted"),
            RecipientState.Linked => Say("リンク送信済み", "Link sent"),
            RecipientState.Downloaded => Say("ダウンロード済み", "Downloaded"),
            RecipientState.Expired => Say("受け取り期限切れ", "Expired"),
            RecipientState.Revoked => Say("リンク無効", "Revoked"),
            RecipientState.Bounced => Say("不達", "Bounced"),
            RecipientState.Undeliverable => Say("配信できません", "Undeliverable"),
            RecipientState.Cancelled => Say("取り消し済み", "Cancelled"),
            RecipientState.Deferred => Say("再試行待ち", "Deferred"),
            _ => Say("送達未確認", "Unconfirmed"),
        };

    public string Of(LinkState state) =>
        state switch
        {
            LinkState.Live => Say("有効", "Live"),
            LinkState.Expired => Say("受け取り期限切れ", "Expired"),
            LinkState.Revoked => Say("無効", "Revoked"),
            LinkState.UsedUp => Say("上限に到達", "Used up"),
            _ => Say("なし", "Unknown"),
        };

    private string Say(string japanese, string english) => language == MailLanguage.En ? english : japanese;
}
