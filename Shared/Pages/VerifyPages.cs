using Microsoft.Extensions.Options;
using TlsOrLink.Links;
using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>Tells a recipient how to check that a link is genuine: by what its sender publishes, or by telephone; never by what the mail itself says.</summary>
internal sealed class VerifyPages(IOptions<LinkOptions> options)
{
    /// <summary>The page.</summary>
    public Page Show(MailLanguage language)
    {
        var (host, record) = (options.Value.Host!.Host, options.Value.VerifyRecord);
        var path = options.Value.Host.AbsolutePath.TrimEnd('/') + "/verify";
        var main = language == MailLanguage.En ? English(host, record) : Japanese(host, record);
        var title = language == MailLanguage.En ? "How to check a link" : "リンクが本物かどうかを確認する方法";
        return Layout.Render(
            new PageFrame(200, language, title, options.Value.CompanyName, main, path) { Sheet = "link" }
        );
    }

    private Html Japanese(string host, string record) =>
        Html.Of(
            $"""
            <p>{options.Value.CompanyName}の受け取りページは、必ず <code>https://{host}/</code> で始まるアドレスで開きます。アドレス欄でホスト名をご確認ください。</p>
            <h2>お電話で確認する</h2>
            <p>ご不審な場合はリンクを開かず、以前からご存じの電話番号（名刺や契約書に記載のもの）で差出人までご確認ください。メールに記載された電話番号はお使いにならないでください。</p>
            <h2>DNS で確認する（IT ご担当者様）</h2>
            <p>差出人のドメイン（メールアドレスの @ より後ろ）の DNS に、リンクのホスト名を記した TXT レコードがあるかをご確認いただけます。</p>
            <dl><dt>名前</dt><dd><code>{record}.（差出人のドメイン）</code></dd><dt>値</dt><dd><code>v=tlsorlink1; host={host}</code></dd></dl>
            <p class="note">レコードを公開していない差出人もいます。その場合はお電話でご確認ください。</p>
            """
        );

    private Html English(string host, string record) =>
        Html.Of(
            $"""
            <p>Pick-up pages of {options.Value.CompanyName} always have an address that begins with <code>https://{host}/</code>. Look at the host name in the address bar.</p>
            <h2>By telephone</h2>
            <p>If in doubt, do not open the link. Call the sender on a number that you already have, from a business card or a contract. Do not use a number from the mail.</p>
            <h2>By DNS (for IT departments)</h2>
            <p>The sender's domain, which is what stands behind the @ of the mail address, may publish a TXT record that names the host of its links.</p>
            <dl><dt>Name</dt><dd><code>{record}.(the sender's domain)</code></dd><dt>Value</dt><dd><code>v=tlsorlink1; host={host}</code></dd></dl>
            <p class="note">Not every sender publishes it. Then call.</p>
            """
        );
}
