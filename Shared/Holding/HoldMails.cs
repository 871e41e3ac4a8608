using System.Globalization;
using TlsOrLink.Domains;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Holding;

/// <summary>Kinds of the mails of this room: durable slugs.</summary>
public static class HoldMailKinds
{
    /// <summary>Asks an approver; the serial is the approver's place in the configuration.</summary>
    public const string Approval = "approval";

    /// <summary>Tells the sender that the message was rejected or has expired.</summary>
    public const string Ended = "hold-ended";
}

/// <summary>The mails about held messages. They say nothing of what is in the message: they may go at any TLS level. Pure.</summary>
internal static class HoldMails
{
    /// <summary>Asks an approver.</summary>
    /// <param name="to">The approver.</param>
    /// <param name="message">What is to be decided on.</param>
    /// <param name="page">The approver's page, which asks for sign-in.</param>
    /// <param name="until">When the message expires.</param>
    public static OwnMail Approval(MailAddress to, MessageRow message, Uri page, DateTimeOffset until)
    {
        var sender = ShownText.OneLine(message.Sender);
        var (sent, end) = (ShownTime.Of(message.CreatedAt, message.Language), ShownTime.Of(until, message.Language));
        return message.Language == MailLanguage.Ja
            ? new OwnMail(
                to,
                MailLanguage.Ja,
                $"承認のお願い: {sender} からのメール",
                Lines(
                    $"{sender} さんのメールが、承認を待っています。",
                    $"受付: {sent}　宛先: {Number(message.RecipientCount)} 件",
                    "",
                    "下記のページで内容をご確認のうえ、承認または差し戻しをお願いします。サインインが必要です。",
                    $"{page.AbsoluteUri}",
                    "",
                    $"{end} までに決定されない場合、このメールは送信されません。",
                    "このメールのリンクを開くだけで承認されることはありません。"
                )
            )
            : new OwnMail(
                to,
                MailLanguage.En,
                $"Approval needed: a mail from {sender}",
                Lines(
                    $"A mail from {sender} waits for your decision.",
                    $"Taken: {sent}, recipients: {Number(message.RecipientCount)}",
                    "",
                    "Look at it and approve or reject it on this page. You will be asked to sign in.",
                    $"{page.AbsoluteUri}",
                    "",
                    $"If nobody decides by {end}, it is not sent.",
                    "Opening the link in this mail approves nothing."
                )
            );
    }

    /// <summary>Tells the sender that a message was rejected or has expired.</summary>
    /// <param name="to">The sender.</param>
    /// <param name="message">Its row.</param>
    /// <param name="header">The message's own header; null where its content is gone.</param>
    public static OwnMail Ended(MailAddress to, MessageRow message, OriginalHeader? header)
    {
        var rejected = message.State == MessageState.Rejected;
        var japanese = message.Language == MailLanguage.Ja;
        var subject = ShownText.OneLine(header?.Subject ?? "", 100);
        var about = subject.Length > 0 ? $": {subject}" : "";
        var sent = ShownTime.Of(message.CreatedAt, message.Language);
        return new OwnMail(
            to,
            message.Language,
            (japanese, rejected) switch
            {
                (true, true) => $"差し戻されました{about}",
                (true, false) => $"期限が過ぎたため送信されませんでした{about}",
                (false, true) => $"Rejected, not sent{about}",
                _ => $"Expired, not sent{about}",
            },
            japanese
                ? Lines(
                    rejected
                        ? "次のメールは承認者により差し戻され、送信されませんでした。"
                        : "次のメールは期限までに送信または承認されなかったため、送信されませんでした。",
                    $"受付: {sent}　宛先: {Number(message.RecipientCount)} 件",
                    "どの宛先にも届いていません。必要な場合は、もう一度お送りください。",
                    "",
                    $"メッセージ: {message.Id}"
                )
                : Lines(
                    rejected
                        ? "This mail was rejected by an approver and was not sent."
                        : "This mail was neither released nor approved in time and was not sent.",
                    $"Taken: {sent}, recipients: {Number(message.RecipientCount)}",
                    "It has reached nobody. If it is still needed, please send it again.",
                    "",
                    $"Message: {message.Id}"
                )
        )
        {
            IsReply = true,
            About = header?.MessageId,
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";
}
