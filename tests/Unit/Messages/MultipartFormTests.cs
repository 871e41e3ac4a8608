using System.Net.Http.Headers;
using System.Text;
using MimeKit;
using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;
using TlsOrLink.Routing;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class MultipartFormTests
{
    private const string Pdf = "見積書 2026年1月（最終版）.pdf";
    private static readonly byte[] File = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(97)]
    public async Task Makes_a_message_of_parts_in_any_order(int pieces)
    {
        var reading = new Reading();

        var intake = await reading.Accepted(await Request(Form(), pieces));

        intake
            .Recipients.Select(recipient => recipient.ToString())
            .ShouldBe(["d@plain.example", "e@secret.example", "taro@tls.example", "c@tls.example"]);
        intake.Options.ShouldBe(new IntakeOptionsAsked(RouteOption.Link, TlsPolicy.Authenticated, 48, true));
        intake.HoldAsked!.Minutes.ShouldBe(30);
        intake.Language.ShouldBe(MailLanguage.Ja);
        var message = await reading.Message(intake);
        message.Subject.ShouldBe("お見積り");
        message.Bcc.ShouldBeEmpty();
        message.TextBody.ShouldBe("こんにちは\n");
        message.HtmlBody!.ShouldContain("cid:logo@x");
        var file = message.Attachments.OfType<MimePart>().Single();
        file.FileName.ShouldBe(Pdf);
        using var content = new MemoryStream();
        await file.Content!.DecodeToAsync(content);
        content.ToArray().ShouldBe(File);
        message.BodyParts.OfType<MimePart>().ShouldContain(part => part.ContentId == "logo@x");
    }

    [Fact]
    public async Task Is_the_same_message_as_the_JSON_form_of_it()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("sales@sender.example"), "sender" },
            { new StringContent("[\"taro@tls.example\"]"), "recipients" },
            { new StringContent("s"), "subject" },
            { new StringContent("t"), "text" },
            { Bytes([1, 2, 3], "application/pdf"), "attachments", "a.pdf" },
        };
        var json = Reading.Json(
            """
            { "sender": "sales@sender.example", "recipients": ["taro@tls.example"], "subject": "s", "body": { "text": "t" },
              "attachments": [{ "name": "a.pdf", "contentType": "application/pdf", "contentBytes": "AQID" }] }
            """
        );

        var one = await new Reading().Accepted(await Request(form));
        var other = await new Reading().Accepted(json);

        one.BodyHash.ShouldBe(other.BodyHash);
    }

    public static TheoryData<string, string, string> Wrong =>
        new()
        {
            { "colour", "blue", "colour" },
            { "subject", "a\r\nBcc: x@y.example", "subject" },
            { "subject", "a\u2028b", "subject" },
            { "options", "{\"hold\": \"soon\"}", "options.hold" },
            { "options", "{\"route\": \"link\"", "options" },
            { "recipients", "taro@tls.example; nobody", "recipients[1]" },
            { "cc", "[\"nobody\"]", "cc[0]" },
            { "sender", "nobody", "sender" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Names_the_part_that_is_wrong(string name, string value, string path)
    {
        using var form = new MultipartFormDataContent { { new StringContent(value), name } };
        var request = await Request(form);

        var problem = await new Reading().Refused(request);

        problem.Status.ShouldBe(400);
        problem.Errors.Keys.ShouldBe([path]);
    }

    [Fact]
    public async Task Refuses_a_field_that_is_given_twice()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("a"), "subject" },
            { new StringContent("b"), "subject" },
        };

        (await new Reading().Refused(await Request(form))).Errors.Keys.ShouldBe(["subject"]);
    }

    [Theory]
    [InlineData("a%0D%0AContent-Type: text/html.pdf")]
    [InlineData("a\u0001.pdf")]
    public async Task Refuses_a_file_name_that_could_break_a_header(string name)
    {
        var body = Encoding.UTF8.GetBytes(
            $"--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"{name}\"\r\n\r\nx\r\n--b--\r\n"
        );
        var request = Reading.Request(body, "multipart/form-data; boundary=b") with { Form = FormParts.ReadAsync };

        (await new Reading().Refused(request)).Errors.Keys.Single().ShouldStartWith("attachments[0]");
    }

    [Theory]
    [InlineData("multipart/form-data", "")]
    [InlineData("multipart/form-data; boundary=b", "")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhalf")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nX-Nothing: known\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "no form at all")]
    public async Task Refuses_what_is_no_whole_form(string type, string body)
    {
        var request = Reading.Request(Encoding.UTF8.GetBytes(body), type) with { Form = FormParts.ReadAsync };

        (await new Reading().Refused(request)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Refuses_a_file_that_is_too_large_while_it_arrives()
    {
        var request = await Request(Form());

        (
            await new Reading(new IntakeOptions { MaxBytes = 50_000 }).Refused(request with { ContentLength = null })
        ).Status.ShouldBe(413);
    }

    private static MultipartFormDataContent Form()
    {
        var logo = Bytes([137, 80, 78, 71], "image/png");
        logo.Headers.Add("Content-ID", "<logo@x>");
        return new MultipartFormDataContent
        {
            { Bytes(File, "application/pdf"), "attachments", Pdf },
            {
                new StringContent(
                    """{ "route": "link", "tlsPolicy": "authenticated", "hold": 30, "link": { "expiresInHours": 48, "protectBody": true } }"""
                ),
                "options"
            },
            { logo, "attachments", "logo.png" },
            { new StringContent("<p><img src='cid:logo@x'></p>"), "html" },
            { new StringContent("こんにちは\n"), "text" },
            { new StringContent("taro@tls.example; \"D, E\" <d@plain.example>"), "to" },
            { new StringContent("c@tls.example"), "cc" },
            { new StringContent("e@secret.example"), "bcc" },
            { new StringContent("お見積り"), "subject" },
            { new StringContent("営業部 <sales@sender.example>"), "sender" },
        };
    }

    private static ByteArrayContent Bytes(byte[] bytes, string type) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static async Task<IntakeRequest> Request(MultipartFormDataContent form, params int[] pieces)
    {
        var body = await form.ReadAsByteArrayAsync();
        var request = Reading.Request(body, $"{form.Headers.ContentType}", pieces) with { Form = FormParts.ReadAsync };
        form.Dispose();
        return request;
    }
}
