namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>What the JSON form refuses, and how it says so.</summary>
public sealed class JsonFormRefusalTests
{
    [Theory]
    [InlineData("""{"recipients":"b@x.example"}""", "sender")]
    [InlineData("""{"sender":"a@sender.example"}""", "recipients")]
    [InlineData("""{"sender":"a@sender.example","recipients":[]}""", "recipients")]
    [InlineData("""{"sender":"a@sender.example","recipients":["b@x.example","nobody"]}""", "recipients[1]")]
    [InlineData(
        """{"sender":"a@sender.example","recipients":{"to":["b@x.example"],"cc":"c@[127.0.0.1]"}}""",
        "recipients.cc[0]"
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
    [InlineData("""{"options":{"link":{"mode":"direct"}}}""", "options.link.mode")]
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
    [InlineData("""{"options":{"link":{"accessCode":"1234"}}}""", "options.link.accessCode")]
    [InlineData("""{"options":{"link":{"accessCode":7}}}""", "options.link.accessCode")]
    [InlineData("""{"options":{"link":{"maxDownloads":0}}}""", "options.link.maxDownloads")]
    [InlineData("""{"options":{"link":{"remindBeforeHours":337}}}""", "options.link.remindBeforeHours")]
    [InlineData("""{"options":{"link":{"notifyOnDownload":"yes"}}}""", "options.link.notifyOnDownload")]
    public async Task Names_what_is_wrong_with_the_wishes_for_links(string body, string path)
    {
        var problem = await new Reading().Refused(Reading.Json(body));

        problem.Status.ShouldBe(400);
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
}
