using System.Text;
using MimeKit;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>MIME in, the parts of a Web API out.</summary>
public sealed class WebMailTests
{
    private const string Head =
        "From: =?utf-8?B?6Iqx5a2Q?= <hanako@sender.example>\nTo: x@y.example\nSubject: Hi\nBcc: b@y.example\nReply-To: r@sender.example\nMessage-ID: <1@sender.example>\nX-Note: kept\nDKIM-Signature: v=1\n";

    [Fact]
    public void Text_html_inline_images_and_attachments_have_their_places()
    {
        var mail = Read(
            "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: multipart/alternative; boundary=a\n\n"
                + "--a\nContent-Type: text/plain; charset=utf-8\n\nこんにちは\n--a\nContent-Type: text/html; charset=utf-8\n\n<p>こんにちは<img src=\"cid:i\">\n--a--\n"
                + "--r\nContent-Type: image/png; name=i.png\nContent-Disposition: inline\nContent-ID: <i>\nContent-Transfer-Encoding: base64\n\nAAAA\n--r--\n"
                + "--m\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''%E8%A6%8B%E7%A9%8D.pdf\nContent-Transfer-Encoding: base64\n\nAQID\n--m--\n",
            faithful: true
        )!;

        (mail.FromName, mail.FromAddress, mail.Subject).ShouldBe(("花子", "hanako@sender.example", "Hi"));
        mail.Text!.Trim().ShouldBe("こんにちは");
        mail.Html!.ShouldContain("cid:i");
        mail.ReplyTo.ShouldBe(["r@sender.example"]);
        mail.Parts.Select(part => (part.Name, part.Type, part.ContentId))
            .ShouldBe([("i.png", "image/png", "i"), ("見積.pdf", "application/pdf", null)]);
        mail.Parts[1].Content.ShouldBe([1, 2, 3]);
        mail.Headers.Keys.ShouldBe(["Message-ID", "X-Note"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(
        "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=m\n\n--m\n\nx\n--m\nContent-Type: application/pgp-signature\n\ns\n--m--\n"
    )]
    [InlineData(
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    )]
    [InlineData(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\n\nx\n--m\nContent-Type: message/rfc822\n\nSubject: y\n\nz\n--m--\n"
    )]
    [InlineData(
        "Content-Type: multipart/alternative; boundary=m\n\n--m\n\nx\n--m\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--m--\n"
    )]
    [InlineData(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\n\nx\n--m\nContent-Type: multipart/mixed; boundary=n\n\n--n\n\ny\n--n--\n--m--\n"
    )]
    [InlineData(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\n\nx\n--m\nContent-Type: application/ms-tnef\nContent-Disposition: attachment; filename=winmail.dat\nContent-Transfer-Encoding: base64\n\nAAAA\n--m--\n"
    )]
    public void What_would_be_lost_is_not_carried_faithfully_and_becomes_a_file_otherwise(string rest)
    {
        Read(rest, faithful: true).ShouldBeNull();

        Read(rest, faithful: false)!.Parts.ShouldNotBeEmpty();
    }

    [Fact]
    public void Without_a_subject_it_is_not_carried_faithfully() =>
        WebMailReader.Read(Load("From: a@b.example\n\nx"), faithful: true).ShouldBeNull();

    private static WebMail? Read(string rest, bool faithful) => WebMailReader.Read(Load(Head + rest), faithful);

    private static MimeMessage Load(string text) =>
        MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))));
}
