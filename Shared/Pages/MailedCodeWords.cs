using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>The words of one-time codes by mail, in one language; each pair is Japanese and English.</summary>
internal sealed class MailedCodeWords(MailLanguage language)
{
    public string Ask => Say("コードをメールで受け取る", "Mail me a code");
    public string AskHint =>
        Say(
            "上のアドレスに、15 分間、一度だけお使いいただけるコードをお送りいたします。",
            "We mail a code to the address above. It is good for 15 minutes, once."
        );
    public string Mailed =>
        Say(
            "コードをお送りいたしました。届いたコードを下にご入力ください。",
            "A code is on its way to you. Type it below when it arrives."
        );
    public string NotSafe =>
        Say(
            "ただいま、コードを安全にメールでお送りすることができません。恐れ入りますが、差出人にコードをお尋ねください。",
            "A code cannot be mailed safely right now. Please ask the sender for it."
        );
    public string CodeHint =>
        Say(
            "メールでお送りしたコード、または差出人よりお知らせしたコードをご入力ください。",
            "The code that we mailed to you, or the one that the sender gave you."
        );

    public static MailedCodeWords In(MailLanguage language) => new(language);

    private string Say(string japanese, string english) => language == MailLanguage.En ? english : japanese;
}
