using System.Text;
using System.Text.Json;
using MimeKit;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class JsonFormTests
{
    private const string Pdf = "見積書 2026年1月（最終版・社外秘）.pdf";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Makes_a_message_of_fields_in_any_order(int pieces)
    {
        var file = Enumerable.Range(0, 5000).Select(i => (byte)(i * 7)).ToArray();
        var request = Reading.Json(
            $$"""
            {
              "attachments": [
                { "ContentBytes": "{{Convert.ToBase64String(file).Replace(
                "/",
                "\\/",
                StringComparison.Ordinal
            )}}", "Name": "{{Pdf}}", "contentType": "application/pdf" },
                { "name": "logo.png", "contentBytes": "iVBORw==", "contentType": "image/png", "contentId": "<logo@x>", "isInline": true }
              ],
              "options": { "route": "link", "tlsPolicy": "authenticated", "link": { "expiresInHours": 48, "protectBody": true }, "hold": null },
              "body": { "html": "<p>こんにちは <img src='cid:logo@x'></p>", "text": "こんにちは\nworld\r\n\ud83d\ude00" },
              "subject": "お見積りの件について、長い件名でも壊れないことを確かめるための件名",
              "recipients": { "to": ["山田 太郎 <taro@tls.example>", "b@plain.example"], "cc": "c@tls.example; \"D, E\" <d@plain.example>", "bcc": ["e@secret.example"] },
              "sender": "営業部 <sales@sender.example>"
            }
            """,
            pieces
        );
        var reading = new Reading();

        var intake = await reading.Accepted(request);

        intake
            .Recipients.Select(recipient => recipient.ToString())
            .ShouldBe(["b@plain.example", "d@plain.example", "e@secret.example", "taro@tls.example", "c@tls.example"]);
        intake.Options.ShouldBe(new IntakeOptionsAsked(RouteOption.Link, TlsPolicy.Authenticated, 48, true));
        intake.Language.ShouldBe(MailLanguage.Ja);
        intake.Sender.ToString().ShouldBe("sales@sender.example");

        var bytes = await reading.Stored(intake);
        Encoding.UTF8.GetString(bytes).Split("\r\n").ShouldAllBe(line => line.Length <= 998 && line.All(char.IsAscii));
        Encoding.ASCII.GetString(bytes).Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        var message = await reading.Message(intake);
        message.Subject.ShouldStartWith("お見積りの件");
        message.From.Mailboxes.Single().Name.ShouldBe("営業部");
        message.To.Mailboxes.Select(to => to.Name).ShouldBe(["山田 太郎", ""]);
        message.Cc.Mailboxes.Select(cc => cc.Name).ShouldBe(["", "D, E"]);
        message.Bcc.ShouldBeEmpty();
        message.Date.ShouldBe(Reading.Now);
        message.MessageId.ShouldEndWith("@sender.example");
        message.Headers[HeaderId.MimeVersion].ShouldBe("1.0");
        message.TextBody!.ReplaceLineEndings("|").ShouldBe("こんにちは|world|😀");
        message.HtmlBody!.ShouldContain("cid:logo@x");
        var mixed = message.Body.ShouldBeOfType<Multipart>();
        var alternative = mixed[0].ShouldBeOfType<MultipartAlternative>();
        var related = alternative[1].ShouldBeOfType<MultipartRelated>();
        ((MimePart)related[1]).ContentId.ShouldBe("logo@x");
        var part = (MimePart)mixed[1];
        part.FileName.ShouldBe(Pdf);
        part.ContentDisposition!.Disposition.ShouldBe("attachment");
        part.ContentType.Name.ShouldBe(Pdf);
        Content(part).ShouldBe(file);
    }

    [Fact]
    public async Task Takes_the_least_that_a_message_can_be()
    {
        var reading = new Reading();

        var intake = await reading.Accepted(
            Reading.Json("""{"sender":"a@sender.example","recipients":"b@x.example, B@x.example;b@x.example"}""")
        );

        intake.Recipients.Count.ShouldBe(2, "case of a local part counts, duplicates do not");
        intake.Options.ShouldBe(new IntakeOptionsAsked());
        var message = await reading.Message(intake);
        message.TextBody.ShouldBe("");
        message.Body!.ContentType.MimeType.ShouldBe("text/plain");
    }

    [Fact]
    public async Task Puts_only_bcc_behind_an_empty_group()
    {
        var reading = new Reading();
        var intake = await reading.Accepted(
            Reading.Json("""{"sender":"a@sender.example","recipients":{"bcc":["b@x.example"]}}""")
        );

        var text = Encoding.ASCII.GetString(await reading.Stored(intake));

        text.ShouldContain("undisclosed-recipients:");
        text.ShouldNotContain("x.example");
    }

    [Fact]
    public async Task Gives_one_hash_to_one_message_however_it_is_written()
    {
        var reading = new Reading();
        var one = await reading.Accepted(
            Reading.Json(
                """{"sender":"a@sender.example","recipients":["b@x.example"],"body":{"text":"é"},"attachments":[{"name":"a","contentBytes":"QUJD"}]}"""
            )
        );
        var two = await reading.Accepted(
            Reading.Json(
                """{ "attachments":[{"ContentBytes":"QU\u004aD","Name":"\u0061"}], "body":{"text":"\u00e9","html":null}, "recipients":"b@x.example", "sender":"a@sender.example" }"""
            )
        );
        var other = await reading.Accepted(
            Reading.Json(
                """{"sender":"a@sender.example","recipients":["b@x.example"],"body":{"text":"é"},"attachments":[{"name":"a","contentBytes":"QUJE"}]}"""
            )
        );

        two.BodyHash.ShouldBe(one.BodyHash);
        other.BodyHash.ShouldNotBe(one.BodyHash);
    }

    [Fact]
    public async Task Sends_an_attached_message_as_bytes_since_it_may_not_be_base64()
    {
        var reading = new Reading();
        var intake = await reading.Accepted(
            Reading.Json(
                JsonSerializer.Serialize(
                    new
                    {
                        sender = "a@sender.example",
                        recipients = new[] { "b@x.example" },
                        attachments = new[]
                        {
                            new
                            {
                                name = "mail.eml",
                                contentType = "message/rfc822",
                                contentBytes = "RnJvbTogYUBi",
                            },
                        },
                    }
                )
            )
        );

        var part = (MimePart)(await reading.Message(intake)).Attachments.Single();

        part.ContentType.MimeType.ShouldBe("application/octet-stream");
        Encoding.ASCII.GetString(Content(part)).ShouldBe("From: a@b");
    }

    private static byte[] Content(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content!.DecodeTo(stream);
        return stream.ToArray();
    }
}
