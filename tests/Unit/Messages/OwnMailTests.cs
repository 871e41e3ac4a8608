using System.Text;
using MimeKit;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>The MIME form of the mails that the service writes itself.</summary>
public sealed class OwnMailTests
{
    private static readonly OwnMailHeader Header = new(
        "配送 Service",
        "mailer-daemon@out.example",
        "id~bounce~-1~0@out.example",
        new DateTimeOffset(2026, 1, 9, 9, 0, 0, TimeSpan.Zero)
    );

    private static readonly OwnMail Plain = new(
        MailAddress.Parse("hanako@sender.example"),
        MailLanguage.Ja,
        "送達できません",
        "一行目\n.二行目"
    );

    [Fact]
    public async Task Is_marked_as_automatic_and_as_ours()
    {
        var mail = await ReadAsync(Plain with { IsReply = true, About = "<a@b.example>" });

        mail.From.Mailboxes.Single().Name.ShouldBe("配送 Service");
        mail.To.Mailboxes.Single().Address.ShouldBe("hanako@sender.example");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-replied");
        mail.Headers[RawHeader.LoopField].ShouldBe("id~bounce~-1~0");
        mail.MessageId.ShouldBe("id~bounce~-1~0@out.example");
        mail.InReplyTo.ShouldBe("a@b.example");
        mail.Subject.ShouldBe("送達できません");
        mail.TextBody!.ReplaceLineEndings("\n").TrimEnd().ShouldBe("一行目\n.二行目");
        mail.Headers.Count(field => field.Id == HeaderId.Date).ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_that_answers_nothing_is_auto_generated() =>
        (await ReadAsync(Plain)).Headers["Auto-Submitted"].ShouldBe("auto-generated");

    [Fact]
    public async Task Has_text_and_html_as_alternatives_and_attachments_behind_them()
    {
        var mail = await ReadAsync(
            Plain with
            {
                Html = "<p>本文</p>",
                Parts =
                [
                    new OwnMailPart("text/csv; charset=utf-8", Encoding.UTF8.GetBytes("a,b\n")) { FileName = "表.csv" },
                ],
            }
        );

        mail.Body.ShouldBeOfType<Multipart>()[0].ShouldBeOfType<MultipartAlternative>().Count.ShouldBe(2);
        mail.HtmlBody!.ShouldContain("<p>本文</p>");
        mail.Attachments.Single().ContentDisposition!.FileName.ShouldBe("表.csv");
    }

    [Fact]
    public async Task A_report_keeps_its_parts_readable_for_machines()
    {
        var mail = await ReadAsync(
            Plain with
            {
                ReportType = "delivery-status",
                Parts =
                [
                    new OwnMailPart("message/delivery-status", "Reporting-MTA: dns; out.example\r\n\r\n"u8.ToArray()),
                ],
            }
        );

        var report = mail.Body.ShouldBeOfType<MultipartReport>();
        report.ReportType.ShouldBe("delivery-status");
        report[1].ShouldBeOfType<MessageDeliveryStatus>().StatusGroups[0]["Reporting-MTA"].ShouldBe("dns; out.example");
    }

    [Theory]
    [InlineData("a\r\nBcc: x@y.example")]
    [InlineData("a\nb")]
    public async Task A_line_break_in_the_subject_makes_no_header(string subject)
    {
        var mail = await ReadAsync(Plain with { Subject = subject });

        mail.Bcc.ShouldBeEmpty();
        mail.Subject!.ShouldNotContain("\n");
    }

    private static async Task<MimeMessage> ReadAsync(OwnMail mail)
    {
        await using var written = await OwnMailMime.ToMailAsync(mail, Header, CancellationToken.None);
        written.EightBit.ShouldBeFalse();
        return await MimeMessage.LoadAsync(written.Content);
    }
}
