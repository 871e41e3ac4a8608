using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Pages;

/// <summary>The words of the approvers' pages, in one language.</summary>
internal sealed record ApprovalWords
{
    private static readonly ApprovalWords Japanese = new()
    {
        Title = "メールの承認",
        Lead = "{0} さんのメールが、承認を待っています。内容を確認するにはサインインしてください。",
        Pin = "承認者の PIN",
        SignIn = "サインイン",
        Entra = "Microsoft アカウントでサインイン",
        NotYou = "このページの承認者としてサインインしていません。",
        Wrong = "PIN が違います。",
        Locked = "間違いが続いたため、しばらくサインインできません。15 分ほど待ってから、もう一度お試しください。",
        From = "差出人",
        Subject = "件名",
        SentAt = "受付日時",
        Until = "決定の期限",
        Recipients = "宛先と届け方",
        Files = "添付ファイル",
        NoFiles = "添付ファイルはありません。",
        Download = "ダウンロード",
        Body = "本文",
        Cut = "（長いため、ここまでを表示しています）",
        Whole = "本文は、添付の message.eml に含まれています。",
        Gone = "本文を表示できません。",
        Approve = "承認して送信",
        Reject = "差し戻す",
        Decided = "このメールは、もう承認を待っていません。",
        NotYours = "このメールの承認者ではありません。",
        Unknown = "このページは見つかりません。",
        Refused = "この操作は受け付けられませんでした",
        RefusedWhy =
            "画面を開いてから時間がたったか、別のサイトから送られた操作です。メールのリンクからもう一度開いてください。",
        More = "ほか {0} 件",
        Tls = "TLS で送信（送信後の取り消しはできません）",
        Link = "ダウンロードリンク",
        Deferred = "まだ確認できません",
        Undeliverable = "配信できません",
    };

    private static readonly ApprovalWords English = new()
    {
        Title = "Approve a mail",
        Lead = "A mail from {0} waits for your decision. Sign in to see it.",
        Pin = "Your approver PIN",
        SignIn = "Sign in",
        Entra = "Sign in with Microsoft",
        NotYou = "You are not signed in as the approver of this page.",
        Wrong = "This is not the PIN.",
        Locked = "Too many were wrong. Wait about 15 minutes and try again.",
        From = "From",
        Subject = "Subject",
        SentAt = "Taken",
        Until = "Decide by",
        Recipients = "Recipients, and how each is reached",
        Files = "Attachments",
        NoFiles = "There are no attachments.",
        Download = "Download",
        Body = "Text",
        Cut = "(It is longer; this is its beginning.)",
        Whole = "The text is in the attachment message.eml.",
        Gone = "The text cannot be shown.",
        Approve = "Approve and send",
        Reject = "Reject",
        Decided = "This mail does not wait for approval any more.",
        NotYours = "You are not an approver of this mail.",
        Unknown = "We cannot find this page.",
        Refused = "This could not be accepted",
        RefusedWhy =
            "The page was open for too long, or the request came from another site. Please open the link in the mail again.",
        More = "and {0} more",
        Tls = "Over TLS (cannot be taken back once sent)",
        Link = "Download link",
        Deferred = "Not known yet",
        Undeliverable = "Cannot be delivered",
    };

    public required string Title { get; init; }
    public required string Lead { get; init; }
    public required string Pin { get; init; }
    public required string SignIn { get; init; }
    public required string Entra { get; init; }
    public required string NotYou { get; init; }
    public required string Wrong { get; init; }
    public required string Locked { get; init; }
    public required string From { get; init; }
    public required string Subject { get; init; }
    public required string SentAt { get; init; }
    public required string Until { get; init; }
    public required string Recipients { get; init; }
    public required string Files { get; init; }
    public required string NoFiles { get; init; }
    public required string Download { get; init; }
    public required string Body { get; init; }
    public required string Cut { get; init; }
    public required string Whole { get; init; }
    public required string Gone { get; init; }
    public required string Approve { get; init; }
    public required string Reject { get; init; }
    public required string Decided { get; init; }
    public required string NotYours { get; init; }
    public required string Unknown { get; init; }
    public required string Refused { get; init; }
    public required string RefusedWhy { get; init; }
    public required string More { get; init; }
    public required string Tls { get; init; }
    public required string Link { get; init; }
    public required string Deferred { get; init; }
    public required string Undeliverable { get; init; }

    public static ApprovalWords In(MailLanguage language) => language == MailLanguage.En ? English : Japanese;

    /// <summary>How a recipient is reached.</summary>
    public string Of(Route? route) =>
        route switch
        {
            Route.Tls => Tls,
            Route.Link => Link,
            Route.Undeliverable => Undeliverable,
            _ => Deferred,
        };
}
