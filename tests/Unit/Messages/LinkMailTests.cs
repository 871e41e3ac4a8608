using System.Text;
using MimeKit;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class LinkMailTests
{
    private static readonly LinkNotice Notice = new("添付ファイル①\nhttps://x.example/d/1", "<div>添付 &amp; 🔗</div>");

    [Fact]
    public void Puts_the_notice_above_text_and_HTML_and_keeps_the_rest()
    {
        using var stripped = Parse(
            """
            From: a@b.example
            To: c@d.example
            Bcc: secret@d.example
            DKIM-Signature: v=1
            ARC-Seal: i=1
            TLS-Required: No
            Message-ID: <1@b.example>
            In-Reply-To: <0@b.example>
            Subject: s
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=utf-8

            本文
            --a
            Content-Type: multipart/related; boundary=r

            --r
            Content-Type: text/html; charset=utf-8

            <html><body class="x"><p>本文</p></body></html>
            --r
            Content-Type: image/png
            Content-ID: <i@b>

            x
            --r--
            --a--

            """
        );

        var mail = Reparse(LinkMail.Compose(stripped, Notice, "id1", protectBody: false));

        Lines(mail.TextBody).ShouldStartWith("添付ファイル①|https://x.example/d/1||本文");
        mail.HtmlBody!.ShouldContain("<body class=\"x\"><div>添付 &amp; 🔗</div>");
        mail.HtmlBody!.ShouldContain("<p>本文</p>");
        mail.BodyParts.OfType<MimePart>().Count(part => part.ContentId == "i@b").ShouldBe(1);
        mail.Headers[RawHeader.LoopField].ShouldBe("id1");
        (mail.MessageId, mail.InReplyTo).ShouldBe(("1@b.example", "0@b.example"));
        foreach (var gone in new[] { "Bcc", "DKIM-Signature", "ARC-Seal", "TLS-Required" })
        {
            mail.Headers.Contains(gone).ShouldBeFalse(gone);
        }
    }

    [Theory]
    [InlineData("お受け取りください", "iso-2022-jp")]
    [InlineData("🔗 お受け取り", "utf-8")]
    [InlineData("ﾃｽﾄ", "utf-8")]
    public void Keeps_ISO_2022_JP_where_it_can_hold_the_notice(string notice, string charset)
    {
        var jis = Encoding.GetEncoding("iso-2022-jp");
        byte[] bytes =
        [
            .. Encoding.ASCII.GetBytes(
                "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
            ),
            .. jis.GetBytes("本文です\n"),
        ];
        using var stripped = MimeMessage.Load(new MemoryStream(bytes));

        var mail = Reparse(LinkMail.Compose(stripped, new LinkNotice(notice, ""), "1", protectBody: false));

        Lines(mail.TextBody).ShouldBe($"{notice}||本文です|");
        mail.Body!.ContentType.Charset!.ToLowerInvariant().ShouldBe(charset);
    }

    [Fact]
    public void Says_the_new_charset_in_the_HTML_too()
    {
        using var stripped = Parse(
            "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html; charset=us-ascii\n\n"
                + "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=us-ascii\"></head><body>x</body></html>\n"
        );

        var mail = Reparse(LinkMail.Compose(stripped, Notice, "1", protectBody: false));

        mail.HtmlBody!.ShouldContain("charset=utf-8\"");
        mail.TextBody.ShouldBeNull("a text part that was not there is not made");
    }

    [Fact]
    public void Takes_the_place_of_a_body_that_is_protected()
    {
        using var stripped = Parse(
            "From: a@b.example\nSubject: secret s\nThread-Topic: secret s\nKeywords: secret\nX-Any: secret\n"
                + "Message-ID: <1@b.example>\nReferences: <0@b.example>\nContent-Description: secret\n\nsecret body\n"
        );

        var mail = Reparse(LinkMail.Compose(stripped, Notice with { Subject = "受け取り" }, "1", protectBody: true));

        mail.ToString().ShouldNotContain("secret");
        mail.Subject.ShouldBe("受け取り");
        (mail.MessageId, mail.References.Single()).ShouldBe(("1@b.example", "0@b.example"));
        mail.TextBody!.ShouldContain("添付ファイル");
        mail.HtmlBody!.ShouldContain("添付");
    }

    [Fact]
    public void Stands_beside_a_body_without_text()
    {
        using var stripped = Parse(
            "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=r\n\n"
                + "--r\nContent-Type: image/png\nContent-ID: <i@b>\n\nx\n--r--\n"
        );

        var mail = Reparse(LinkMail.Compose(stripped, Notice, "1", protectBody: false));

        mail.TextBody!.ShouldContain("添付ファイル");
        mail.BodyParts.OfType<MimePart>().Count(part => part.ContentId == "i@b").ShouldBe(1);
    }

    private static string Lines(string? text) => (text ?? "").ReplaceLineEndings("|");

    private static MimeMessage Parse(string text) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static MimeMessage Reparse(MimeMessage mail)
    {
        using var stream = new MemoryStream();
        mail.WriteTo(stream);
        var text = Encoding.Latin1.GetString(stream.ToArray());
        text.Split('\n').ShouldAllBe(line => line.Length <= 998 && line.All(c => c < 0x80));
        stream.Position = 0;
        return MimeMessage.Load(stream);
    }
}
