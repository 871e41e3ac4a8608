using TlsOrLink.Messages;
using TlsOrLink.Mx;
using TlsOrLink.Routing;

namespace TlsOrLink.Sending;

/// <summary>The words of a bounce in one language: to the sender, plain.</summary>
internal sealed record BounceWords
{
    private static readonly BounceWords English = new()
    {
        Subject = "Not delivered",
        Failed = "Your message could not be delivered to:",
        Doubtful =
            "Whether your message reached these recipients is not known; please ask them before you send it again:",
        ServerSaid = "The server said:",
        Automatic = "This is an automatic message; the attachments are not part of it.",
        Id = "Message:",
        Refused = "The recipient's mail server refused it.",
        NoDomain = "The domain does not exist.",
        NoMail = "The domain takes no mail.",
        Rejected = "Mail to this domain is not allowed.",
        PolicyFailed = "The recipient's mail server does not meet the security policy of its own domain.",
        NeedsTls = "TLS is required for this domain, and was not available in time.",
        GivenUp = "The recipient's mail server did not take it in time.",
        Unconfirmed = "The connection ended before the server's answer.",
    };

    private static readonly BounceWords Japanese = new()
    {
        Subject = "配信できませんでした",
        Failed = "次の宛先には、メールを配信できませんでした。",
        Doubtful = "次の宛先には、届いたかどうかを確認できませんでした。再送の前に、相手の方にご確認ください。",
        ServerSaid = "サーバーの応答:",
        Automatic = "このメールは自動で送信されています。添付ファイルは含まれていません。",
        Id = "メッセージ:",
        Refused = "受信側のメールサーバーが受け取りを拒否しました。",
        NoDomain = "宛先のドメインが存在しません。",
        NoMail = "宛先のドメインはメールを受け取りません。",
        Rejected = "このドメインへの送信は許可されていません。",
        PolicyFailed = "受信側のメールサーバーが、自ドメインのセキュリティポリシーを満たしていません。",
        NeedsTls = "このドメインには TLS が必要ですが、期間内に利用できませんでした。",
        GivenUp = "期間内に、受信側のメールサーバーに受け取られませんでした。",
        Unconfirmed = "サーバーの応答の前に接続が切れました。",
    };

    public required string Subject { get; init; }
    public required string Failed { get; init; }
    public required string Doubtful { get; init; }
    public required string ServerSaid { get; init; }
    public required string Automatic { get; init; }
    public required string Id { get; init; }
    public required string Refused { get; init; }
    public required string NoDomain { get; init; }
    public required string NoMail { get; init; }
    public required string Rejected { get; init; }
    public required string PolicyFailed { get; init; }
    public required string NeedsTls { get; init; }
    public required string GivenUp { get; init; }
    public required string Unconfirmed { get; init; }

    public static BounceWords In(MailLanguage language) => language == MailLanguage.Ja ? Japanese : English;

    /// <summary>Why a recipient was not reached, as a sentence.</summary>
    public string Why(RecipientRow row) =>
        row switch
        {
            { State: RecipientState.Unconfirmed } => Unconfirmed,
            { Reason: SendingReasons.Refused } => Refused,
            { Reason: MxReasons.NoSuchDomain } => NoDomain,
            { Reason: MxReasons.NullMx or MxReasons.NoMailHost or MxReasons.BadMx } => NoMail,
            { Reason: RouteReasons.RuleReject } => Rejected,
            { Reason: RouteReasons.PolicyFailed } => PolicyFailed,
            { Reason: RouteReasons.RuleRequireTls } => NeedsTls,
            _ => GivenUp,
        };
}
