using System.Text;
using MimeKit;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class MimeSplitTests
{
    private const string Text = "Content-Type: text/plain\n\nbody\n";
    private const string Html = "Content-Type: text/html\n\n<p>body<img src=\"cid:a@b\"></p>\n";
    private const string Pdf =
        "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\npdf\n";

    [Theory]
    [InlineData("attachment", "mixed", Text, Pdf, "a.pdf")]
    [InlineData(
        "no disposition but a name",
        "mixed",
        Text,
        "Content-Type: application/pdf; name=a.pdf\n\npdf\n",
        "a.pdf"
    )]
    [InlineData("neither name nor disposition", "mixed", Text, "Content-Type: application/pdf\n\npdf\n", "?")]
    [InlineData("text with a name", "mixed", Text, "Content-Type: text/plain; name=a.txt\n\nx\n", "a.txt")]
    [InlineData(
        "text without a name",
        "mixed",
        Text,
        "Content-Type: text/plain\nContent-Disposition: inline\n\nfooter\n"
    )]
    [InlineData("CSV without a name", "mixed", Text, "Content-Type: text/csv\n\n1,2\n", "?")]
    [InlineData(
        "inline image",
        "related",
        Html,
        "Content-Type: image/png; name=a.png\nContent-ID: <a@b>\nContent-Disposition: inline; filename=a.png\n\nx\n"
    )]
    [InlineData(
        "image in related, attached",
        "related",
        Html,
        "Content-Type: image/png\nContent-ID: <a@b>\nContent-Disposition: attachment; filename=a.png\n\nx\n",
        "a.png"
    )]
    [InlineData(
        "PDF with a Content-ID",
        "related",
        Html,
        "Content-Type: application/pdf; name=a.pdf\nContent-ID: <a@b>\n\nx\n",
        "a.pdf"
    )]
    [InlineData("image in mixed", "mixed", Text, "Content-Type: image/jpeg\nContent-Disposition: inline\n\nx\n", "?")]
    [InlineData(
        "calendar among alternatives",
        "alternative",
        Text,
        "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n"
    )]
    [InlineData(
        "calendar attached",
        "mixed",
        Text,
        "Content-Type: text/calendar; name=invite.ics\n\nBEGIN:VCALENDAR\n",
        "invite.ics"
    )]
    [InlineData("TNEF", "mixed", Text, "Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n", "winmail.dat")]
    [InlineData("message", "mixed", Text, "Content-Type: message/rfc822\n\nSubject: inner\n\nx\n", "inner.eml")]
    [InlineData("report", "report", Text, "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n")]
    [InlineData(
        "text with a name in a report",
        "report",
        Text,
        "Content-Type: text/csv\nContent-Disposition: inline; filename=\"list.csv\"\n\n1,2\n",
        "list.csv"
    )]
    [InlineData("CSV without a name in a report", "report", Text, "Content-Type: text/csv\n\n1,2\n", "?")]
    [InlineData(
        "a file that calls itself part of a report",
        "report",
        Text,
        "Content-Type: message/x-list; name=list.bin\n\nx\n",
        "list.bin"
    )]
    [InlineData(
        "RFC 2231",
        "mixed",
        Text,
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf\n\nx\n",
        "見積.pdf"
    )]
    [InlineData(
        "encoded word in quotes",
        "mixed",
        Text,
        "Content-Type: application/pdf; name=\"=?iso-2022-jp?B?GyRCOCtAURsoQi5wZGY=?=\"\n\nx\n",
        "見積.pdf"
    )]
    public void Tells_files_from_the_body(string what, string subtype, string first, string second, string? name = null)
    {
        using var message = Message(subtype, first, second);

        var files = MimeSplit.TakeOut(message);

        MimeSplit.IsSealed(message).ShouldBeFalse();
        files.Select(file => MimeSplit.NameOf(file) ?? "?").ShouldBe(name is null ? [] : [name], what);
        ((Multipart)message.Body!).Count.ShouldBe(name is null ? 2 : 1);
        MimeSplit.Text(message).ShouldContain("body");
    }

    [Theory]
    [InlineData("multipart/signed; protocol=\"application/pkcs7-signature\"")]
    [InlineData("multipart/encrypted; protocol=\"application/pgp-encrypted\"")]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data")]
    [InlineData("application/x-pkcs7-mime")]
    public void Leaves_what_is_signed_or_encrypted_whole(string type)
    {
        using var message = Parse(
            $"MIME-Version: 1.0\nContent-Type: {type}; boundary=b\n\n--b\n{Text}--b\n{Pdf}--b--\n"
        );

        MimeSplit.IsSealed(message).ShouldBeTrue();
    }

    [Fact]
    public void Takes_a_message_that_is_nothing_but_a_file()
    {
        using var message = Parse($"MIME-Version: 1.0\n{Pdf}");

        MimeSplit.TakeOut(message).Select(MimeSplit.NameOf).ShouldBe(["a.pdf"]);

        MimeSplit.Text(message).ShouldBe("");
        message.ToString().ShouldNotContain("pdf");
    }

    [Fact]
    public void Looks_into_nested_parts_and_leaves_no_empty_ones()
    {
        using var message = Message(
            "mixed",
            $"Content-Type: multipart/alternative; boundary=i\n\n--i\n{Text}--i\n{Html}--i--\n",
            $"Content-Type: multipart/mixed; boundary=j\n\n--j\n{Pdf}--j\n{Pdf}--j--\n"
        );

        MimeSplit.TakeOut(message).Count.ShouldBe(2);

        ((Multipart)message.Body!).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\a.pdf", "a.pdf")]
    [InlineData("a\u202egpj.exe", "agpj.exe")]
    [InlineData("a\r\n\0b\u200b.txt", "ab.txt")]
    [InlineData("<a|b>?.txt", "_a_b__.txt")]
    [InlineData(" .hidden. ", "hidden")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("..", "attachment-1.pdf")]
    [InlineData(null, "attachment-1.pdf")]
    [InlineData("見積書（最終）.xlsx", "見積書（最終）.xlsx")]
    public void Makes_names_safe(string? given, string wanted) =>
        new FileNames().Next(given, "application/pdf").ShouldBe(wanted);

    [Fact]
    public void Cuts_long_names_and_keeps_their_extension()
    {
        var name = new FileNames().Next(string.Concat(Enumerable.Repeat("😀", 200)) + ".pdf", "application/pdf");

        name.Length.ShouldBeLessThanOrEqualTo(120);
        name.ShouldEndWith("😀.pdf");
    }

    [Fact]
    public void Gives_no_name_twice()
    {
        var names = new FileNames();

        new[] { "a.pdf", "A.pdf", "a.pdf", "x" }
            .Select(name => names.Next(name, "application/pdf"))
            .ShouldBe(["a.pdf", "A (2).pdf", "a (3).pdf", "x"]);
    }

    private static MimeMessage Message(string subtype, params string[] parts) =>
        Parse(
            $"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/{subtype}; boundary=o\n\n"
                + string.Concat(parts.Select(part => $"--o\n{part}"))
                + "--o--\n"
        );

    private static MimeMessage Parse(string text) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
