using System.Text;
using CsCheck;
using TlsOrLink.Functions.Http;
using TlsOrLink.Messages;

namespace TlsOrLink.Tests.Unit.Messages;

/// <summary>
/// Hostile requests: whatever comes in, the answer is a message that can be sent or a 4xx that says what is wrong, and nothing of what
/// was refused is kept.
/// </summary>
public sealed class IntakeFuzzTests(ITestOutputHelper output)
{
    private const string Boundary = "XyZ";

    private static readonly string[] Types =
    [
        "application/json",
        "message/rfc822",
        $"multipart/form-data; boundary={Boundary}",
    ];

    private static readonly string[] Whole =
    [
        """
            { "sender": "Ha <a@sender.example>", "recipients": { "to": ["b@x.example", "c@y.example"], "bcc": "d@z.example; e@z.example" },
              "subject": "件名", "body": { "text": "line\nline", "html": "<p>x</p>" },
              "attachments": [{ "name": "a.pdf", "contentType": "application/pdf", "contentBytes": "AQIDBA==" }],
              "options": { "route": "link", "tlsPolicy": "verified", "hold": 5, "link": { "expiresInHours": 5, "protectBody": true } } }
            """,
        "From: Ha <a@sender.example>\r\nTo: b@x.example, c@y.example\r\nBcc: d@z.example\r\nSubject: =?utf-8?B?5Lu25ZCN?=\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\ntext\r\n.\r\n--in\r\n"
            + "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAQIDBA==\r\n--in--\r\n",
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"sender\"\r\n\r\na@sender.example\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nb@x.example; c@y.example\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{{\"hold\": 5}}\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
            + $"bytes\r\n--{Boundary}--\r\n",
    ];

    private static readonly string[] Hostile =
    [
        "\r\n",
        "\r",
        "\n",
        "\0",
        "\u2028",
        "\\u0000",
        "\\r\\n",
        "\r\n.\r\n",
        "\n.\n",
        "\r.\r",
        "\r\nBcc: x@evil.example\r\n",
        "[[[[[[[[[[[[[[[[[[[[[[",
        "{\"a\":{\"a\":{\"a\":{\"a\":",
        "\ud83d",
        "\\ud83d",
        "=?utf-8?B?Cg==?=",
        "\"",
        ";",
        ",",
        "<",
        "--in--",
        "--XyZ--",
        "1e999999",
        "\u202e",
    ];

    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 600];

    private static readonly Gen<Func<byte[], byte[]>> Change = Gen.OneOf<Func<byte[], byte[]>>(
        Gen.Double.Unit.Select(at => (Func<byte[], byte[]>)(bytes => bytes[..Place(bytes, at)])),
        Gen.Select(Gen.Double.Unit, Gen.Byte)
            .Select((at, value) => (Func<byte[], byte[]>)(bytes => Splice(bytes, Place(bytes, at), 1, [value]))),
        Gen.Select(Gen.Double.Unit, Gen.OneOf(Hostile.Select(Gen.Const).ToArray()))
            .Select(
                (at, text) =>
                    (Func<byte[], byte[]>)(bytes => Splice(bytes, Place(bytes, at), 0, Encoding.UTF8.GetBytes(text)))
            ),
        Gen.Select(Gen.Double.Unit, Gen.Int[1, 40])
            .Select((at, length) => (Func<byte[], byte[]>)(bytes => Splice(bytes, Place(bytes, at), length, []))),
        Gen.Select(Gen.Double.Unit, Gen.Int[1, 40])
            .Select(
                (at, length) =>
                    (Func<byte[], byte[]>)(
                        bytes =>
                        {
                            var place = Place(bytes, at);
                            return Splice(bytes, place, 0, bytes[place..Math.Min(bytes.Length, place + length)]);
                        }
                    )
            )
    );

    private static readonly Gen<(byte[] Body, string Type)> Requests = Gen.Frequency(
        (1, Gen.Select(Noise, Gen.OneOf(Types.Select(Gen.Const).ToArray()))),
        (
            9,
            Gen.Select(Gen.Int[0, Types.Length - 1], Change.Array[1, 4])
                .Select(
                    (form, changes) =>
                        (
                            changes.Aggregate(Encoding.UTF8.GetBytes(Whole[form]), (bytes, change) => change(bytes)),
                            Types[form]
                        )
                )
        )
    );

    [Fact]
    public async Task Answers_whatever_comes_in_and_keeps_nothing_of_what_it_refuses()
    {
        var (accepted, refused) = (0, 0);
        await Requests.SampleAsync(
            async request =>
            {
                if (await AnswerAsync(request.Body, request.Type) is Intake)
                {
                    Interlocked.Increment(ref accepted);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            },
            iter: Campaign.IsLong ? 100_000 : 2_000
        );

        output.WriteLine($"{accepted} could be sent, {refused} were refused");
        accepted.ShouldBeGreaterThan(0, "the campaign should reach what lies behind the first check");
        refused.ShouldBeGreaterThan(accepted / 10);
    }

    [Fact]
    public async Task Refuses_100000_recipients() =>
        (
            await RefusedAsync(
                $$"""{ "sender": "a@sender.example", "recipients": [{{string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"r{n}@x.example\""))}}] }""",
                Types[0]
            )
        ).Errors.Keys.ShouldBe(["recipients[10000]"]);

    [Fact]
    public async Task Refuses_a_header_section_that_never_ends() =>
        (
            await RefusedAsync(
                "From: a@sender.example\r\nTo: b@x.example\r\n"
                    + string.Concat(Enumerable.Range(0, 100_000).Select(n => $"X-H{n}: some value\r\n"))
                    + "\r\n",
                Types[1]
            )
        ).Errors.Keys.ShouldBe(["header"]);

    [Fact]
    public async Task Takes_10000_headers() =>
        (
            await AnswerAsync(
                Encoding.UTF8.GetBytes(
                    "From: a@sender.example\r\nTo: b@x.example\r\n"
                        + string.Concat(Enumerable.Range(0, 10_000).Select(n => $"X-H{n}: some value\r\n"))
                        + "\r\n"
                ),
                Types[1]
            )
        ).ShouldBeOfType<Intake>();

    [Fact]
    public async Task Refuses_nesting_deeper_than_any_field()
    {
        var deep = new string('[', 1_000_000);

        (await RefusedAsync($$"""{ "sender": {{deep}}""", Types[0])).Status.ShouldBe(400);
        (await RefusedAsync(deep, Types[0])).Status.ShouldBe(400);
    }

    private static async Task<IntakeProblem> RefusedAsync(string body, string type) =>
        (await AnswerAsync(Encoding.UTF8.GetBytes(body), type)).ShouldBeOfType<IntakeProblem>();

    private static async Task<IntakeOutcome> AnswerAsync(byte[] body, string type)
    {
        var reading = new Reading();
        var outcome = await reading.Outcome(Reading.Request(body, type) with { Form = FormParts.ReadAsync });
        reading.Blobs.Blobs.ShouldBeEmpty("nothing is kept before it is written");
        if (outcome is IntakeProblem problem)
        {
            problem.Status.ShouldBeInRange(400, 499);
            problem.Detail.ShouldNotBeNullOrWhiteSpace();
            (problem.Status != 400 || problem.Errors.Count > 0 || problem.Type == "mail-loop").ShouldBeTrue(
                $"a 400 names what is wrong: {problem.Detail}"
            );
        }

        return outcome;
    }

    private static int Place(byte[] bytes, double at) => (int)(at * bytes.Length);

    private static byte[] Splice(byte[] bytes, int place, int length, byte[] instead) =>
        [.. bytes[..place], .. instead, .. bytes[Math.Min(bytes.Length, place + length)..]];
}
