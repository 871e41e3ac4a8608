using System.Text;
using CsCheck;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

public sealed class RawFormTests
{
    private const string Message =
        "Received: by x\r\nFrom: A <a@sender.example>\r\nTo: B <b@x.example>, c@y.example\r\n"
        + "Bcc: d@x.example\r\nSubject: =?UTF-8?B?44GK?=\r\n\r\nbody\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(1000)]
    public async Task Stores_the_message_as_it_came_in(int pieces)
    {
        var reading = new Reading();

        var intake = await reading.Accepted(Reading.Raw(Message, pieces));

        Encoding.Latin1.GetString(await reading.Stored(intake)).ShouldBe(Message);
        intake.Sender.ToString().ShouldBe("a@sender.example");
        intake
            .Recipients.Select(recipient => recipient.ToString())
            .ShouldBe(["b@x.example", "d@x.example", "c@y.example"]);
        intake.Language.ShouldBe(MailLanguage.Ja);
    }

    [Fact]
    public void Stores_any_body_byte_for_byte() =>
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[1, 500].Array[1, 3])
            .Sample(
                (body, sizes) =>
                {
                    byte[] message = [.. Encoding.ASCII.GetBytes(Message), .. body];
                    var reading = new Reading();
                    var intake = reading
                        .Accepted(Reading.Request(message, "message/rfc822", sizes))
                        .GetAwaiter()
                        .GetResult();
                    return reading.Stored(intake).GetAwaiter().GetResult().SequenceEqual(message);
                },
                iter: 200
            );

    [Fact]
    public async Task Takes_the_envelope_from_the_request_where_it_is_given()
    {
        var intake = await new Reading().Accepted(
            Reading.Raw(Message) with
            {
                EnvelopeFrom = ["<bounce@sender.example>"],
                EnvelopeTo = ["z@z.example, <y@z.example>", "x@a.example"],
            }
        );

        intake.Sender.ToString().ShouldBe("bounce@sender.example");
        intake
            .Recipients.Select(recipient => recipient.ToString())
            .ShouldBe(["x@a.example", "z@z.example", "y@z.example"]);
    }

    [Theory]
    [InlineData("", "header")]
    [InlineData("\r\nbody", "header")]
    [InlineData("no header at all", "header")]
    [InlineData("From a@b Mon Jan 1\r\nFrom: a@sender.example\r\n\r\n", "header")]
    [InlineData("From: a@sender.example\r\nnonsense\r\n\r\n", "header")]
    [InlineData("From: a@sender.example\r\nTo: b@x.example\rBcc: c@x.example\r\n\r\n", "header")]
    [InlineData("From: a@sender.example\r\nTo: b@x.example\0\r\n\r\n", "header")]
    [InlineData("To: b@x.example\r\n\r\n", "From")]
    [InlineData("From: a@sender.example, b@sender.example\r\nTo: b@x.example\r\n\r\n", "From")]
    [InlineData("From: a@sender.example\r\n\r\n", "To")]
    [InlineData("From: a@sender.example\r\nTo: undisclosed-recipients:;\r\n\r\n", "To")]
    [InlineData("From: a@sender.example\r\nTo: b@x.example\r\nCc: b@[10.0.0.1]\r\n\r\n", "Cc")]
    [InlineData("From: a@sender.example\r\nTo: <<<\r\n\r\n", "To")]
    public async Task Names_the_path_of_a_wrong_header(string message, string path)
    {
        var problem = await new Reading().Refused(Reading.Raw(message));

        (problem.Status, problem.Type).ShouldBe((400, "invalid-message"));
        problem.Errors.Keys.ShouldBe([path], problem.Detail);
    }

    [Fact]
    public async Task Refuses_an_envelope_with_a_line_break()
    {
        var problem = await new Reading().Refused(Reading.Raw(Message) with { EnvelopeTo = ["a@x.example\r\nDATA"] });

        problem.Errors.Keys.ShouldBe(["X-Envelope-To[0]"]);
    }

    [Theory]
    [InlineData("x-tlsorlink-loop: 1\r\n")]
    [InlineData("RECEIVED", 51)]
    public async Task Refuses_mail_in_a_loop(string header, int times = 1)
    {
        var line = header.Contains(':', StringComparison.Ordinal) ? header : $"{header}: by x\r\n";
        var looped =
            string.Concat(Enumerable.Repeat(line, times))
            + Message[Message.IndexOf("From", StringComparison.Ordinal)..];

        var problem = await new Reading().Refused(Reading.Raw(looped));

        (problem.Status, problem.Type).ShouldBe((400, "mail-loop"));
    }

    [Fact]
    public async Task Refuses_an_author_whom_the_caller_may_not_send_as_behind_an_allowed_envelope()
    {
        var problem = await new Reading().Refused(
            Reading.Raw("From: ceo@other.example\r\nTo: b@x.example\r\n\r\n") with
            {
                EnvelopeFrom = ["a@sender.example"],
            }
        );

        problem.Type.ShouldBe("sender-not-allowed");
    }

    [Fact]
    public async Task Refuses_a_header_section_over_its_limit()
    {
        var reading = new Reading(new IntakeOptions { MaxHeaderBytes = 2000 });
        var problem = await reading.Refused(
            Reading.Raw($"From: a@sender.example\r\nX: {new string('x', 3000)}\r\n\r\n")
        );

        problem.Errors.Keys.ShouldBe(["header"]);
    }
}
