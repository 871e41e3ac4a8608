using System.Text;
using MimeKit;
using TlsOrLink.Messages;
using TlsOrLink.Messages.Mime;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>Mail that is made to cost time or memory, or to slip through.</summary>
[Collection(nameof(IntakeMemoryTests))]
public sealed class HostileMimeTests
{
    private const string Head = "From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\nMIME-Version: 1.0\r\n";

    [Theory]
    [InlineData("<body")]
    [InlineData("<bodyx ")]
    [InlineData("<meta charset ")]
    public void A_notice_finds_its_place_in_HTML_of_nothing_but_begun_tags(string tag)
    {
        var html = string.Concat(Enumerable.Repeat(tag, 4_000_000 / tag.Length));
        var message = new MimeMessage { Body = new TextPart("html") { Text = html } };

        LinkMail.Compose(message, new LinkNotice("notice", "<div>notice</div>"), "id", protectBody: false);

        message.HtmlBody.ShouldStartWith("<div>notice</div>");
    }

    [Theory]
    [InlineData("<bodyguard><BODY class=\"x\">text", "<bodyguard><BODY class=\"x\"><div>notice</div>")]
    [InlineData("<body>text", "<body><div>notice</div>")]
    [InlineData("text <body", "<div>notice</div>")]
    public void A_notice_stands_behind_the_body_tag_alone(string html, string begin)
    {
        var message = new MimeMessage { Body = new TextPart("html") { Text = html } };

        LinkMail.Compose(message, new LinkNotice("notice", "<div>notice</div>"), "id", protectBody: false);

        message.HtmlBody.ShouldStartWith(begin);
    }

    [Fact]
    public async Task Many_large_HTML_parts_are_not_all_held_in_memory()
    {
        var part = $"--b\r\nContent-Type: text/html\r\n\r\n{string.Concat(Enumerable.Repeat("<p>x</p>\r\n", 490_000))}";
        var bytes = Encoding.ASCII.GetBytes(
            $"{Head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{string.Concat(Enumerable.Repeat(part, 10))}--b--\r\n"
        );
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var taken = await TakenApart.OfAsync(new MemoryStream(bytes), 3, default);

        taken.Files.ShouldBeNull("the message goes whole");
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public async Task Mail_nested_deeper_than_readers_follow_is_written_anew()
    {
        var open = string.Concat(
            Enumerable.Range(0, 60).Select(n => $"Content-Type: multipart/mixed; boundary=b{n:D2}\r\n\r\n--b{n:D2}\r\n")
        );
        var close = string.Concat(Enumerable.Range(0, 60).Reverse().Select(n => $"\r\n--b{n:D2}--\r\n"));
        var bytes = Encoding.ASCII.GetBytes($"{Head}{open}Content-Type: text/plain\r\n\r\nthe text{close}");

        using var taken = await TakenApart.OfAsync(new MemoryStream(bytes), 3, default);

        taken.Files.ShouldNotBeNull().ShouldBeEmpty();
        taken.IsFaulty.ShouldBeTrue();
        taken.Rest.TextBody!.ShouldContain("the text");
    }

    [Theory]
    [InlineData("Bcc: secret@d.example\r\n")]
    [InlineData("bcc :secret@d.example\r\n")]
    [InlineData("Bcc                                                             : secret@d.example\r\n")]
    [InlineData("TLS-Required\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t: No\r\n secret\r\n")]
    public void Fields_that_must_not_go_are_left_out_however_they_are_written(string field)
    {
        var filter = new HeaderFilter();
        List<byte> passed = [];
        foreach (var b in Encoding.ASCII.GetBytes($"{Head}{field}X-After: 1\r\n\r\nBcc: body\r\n"))
        {
            passed.AddRange(filter.Next(new[] { b }).ToArray());
        }

        passed.AddRange(filter.End().ToArray());

        Encoding.ASCII.GetString([.. passed]).ShouldBe($"{Head}X-After: 1\r\n\r\nBcc: body\r\n");
    }
}
