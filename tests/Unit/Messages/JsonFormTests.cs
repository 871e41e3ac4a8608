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

    [Theory]
    [InlineData("""{"recipients":"b@x.example"}""", "sender")]
    [InlineData("""{"sender":"a@sender.example"}""", "recipients")]
    [InlineData("""{"sender":"a@sender.example","recipients":[]}""", "recipients")]
    [InlineData("""{"sender":"a@sender.example","recipients":["b@x.example","nobody"]}""", "recipients[1]")]
    [InlineData(
        """{"sender":"a@sender.example","recipients":{"to":["b@x.example"],"cc":"c@[127.0.0.1]"}}""",
        "recipients.cc"
    )]
    [InlineData("""{"sender":"a@sender.example","recipients":{"too":["b@x.example"]}}""", "recipients.too")]
    [InlineData(
        """{"sender":"a@sender.example","recipients":["b@x.example\r\nRCPT TO:<c@x.example>"]}""",
        "recipients[0]"
    )]
    [InlineData("""{"subject":"a\r\nBcc: c@x.example"}""", "subject")]
    [InlineData("""{"subject":"a\u0000b"}""", "subject")]
    [InlineData("""{"subject":"a\u2028b"}""", "subject")]
    [InlineData("""{"subject":7}""", "subject")]
    [InlineData("""{"subject":"a","subject":"b"}""", "subject")]
    [InlineData("""{"subjects":"a"}""", "subjects")]
    [InlineData("""{"body":"text"}""", "body")]
    [InlineData("""{"body":{"rtf":"a"}}""", "body.rtf")]
    [InlineData("""{"attachments":[{"name":"a"}]}""", "attachments[0].contentBytes")]
    [InlineData("""{"attachments":[{"contentBytes":"QQ=="},{"contentBytes":"QQ="}]}""", "attachments[1].contentBytes")]
    [InlineData("""{"attachments":[{"contentBytes":"Q Q="}]}""", "attachments[0].contentBytes")]
    [InlineData("""{"attachments":[{"contentBytes":"QQ==","name":"a\nb"}]}""", "attachments[0].name")]
    [InlineData("""{"attachments":[{"contentBytes":"QQ==","contentType":"nonsense"}]}""", "attachments[0].contentType")]
    [InlineData("""{"attachments":[{"contentBytes":"QQ==","Content":"a"}]}""", "attachments[0].Content")]
    [InlineData("""{"options":{"route":"tls"}}""", "options.route")]
    [InlineData("""{"options":{"route":"1"}}""", "options.route")]
    [InlineData("""{"options":{"link":{"expiresInHours":0}}}""", "options.link.expiresInHours")]
    [InlineData("""{"options":{"link":{"expiresInHours":2233}}}""", "options.link.expiresInHours")]
    [InlineData("""{"options":{"link":{"expiresInHours":"48"}}}""", "options.link.expiresInHours")]
    [InlineData("""{"options":{"link":{"protectBody":1}}}""", "options.link.protectBody")]
    [InlineData("""{"options":{"urgent":true}}""", "options.urgent")]
    [InlineData("[]", "$")]
    [InlineData("", "$")]
    [InlineData("""{"sender":"a@sender.example","recipients":"b@x.example"} x""", "$")]
    public async Task Names_the_path_of_a_wrong_field(string body, string path)
    {
        var problem = await new Reading().Refused(Reading.Json(body));

        problem.Status.ShouldBe(400);
        problem.Type.ShouldBe("invalid-message");
        problem.Errors.Keys.ShouldBe([path], problem.Detail);
    }

    [Theory]
    [InlineData("""{"options":{"hold":"manual"}}""", "options.hold")]
    [InlineData("""{"options":{"holdUntil":"2026-01-01T00:00:00Z"}}""", "options.holdUntil")]
    [InlineData("""{"options":{"approvers":["a@x.example"]}}""", "options.approvers")]
    [InlineData("""{"options":{"reportTo":"a@x.example"}}""", "options.reportTo")]
    [InlineData("""{"options":{"link":{"accessCode":"1234"}}}""", "options.link.accessCode")]
    [InlineData("""{"options":{"link":{"maxDownloads":1}}}""", "options.link.maxDownloads")]
    public async Task Refuses_what_it_cannot_do_yet_rather_than_ignore_it(string body, string path)
    {
        var problem = await new Reading().Refused(Reading.Json(body));

        (problem.Status, problem.Type).ShouldBe((400, "not-available-yet"));
        problem.Errors.Keys.ShouldBe([path]);
    }

    [Fact]
    public async Task Refuses_a_sender_that_the_caller_may_not_use()
    {
        var problem = await new Reading().Refused(
            Reading.Json("""{"sender":"a@other.example","recipients":"b@x.example"}""")
        );

        (problem.Status, problem.Type).ShouldBe((403, "sender-not-allowed"));
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
