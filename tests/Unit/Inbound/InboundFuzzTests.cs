using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TlsOrLink.Functions.Http;
using TlsOrLink.Inbound;
using TlsOrLink.Tests.Unit.Messages;
using TlsOrLink.Tests.Unit.Storage;

namespace TlsOrLink.Tests.Unit.Inbound;

/// <summary>Hostile requests to the hook, signed and not: each gets an answer, and nothing is kept of what is not a mail of our people.</summary>
public sealed class InboundFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const string Boundary = "XyZ";
    private static readonly DateTimeOffset Now = new(2026, 1, 9, 9, 0, 0, TimeSpan.Zero);
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static readonly string[] Whole =
    [
        Part("envelope", """{"to":["send@out.sender.example"],"from":"a@sender.example"}""")
            + Part("dkim", "{@sender.example : pass}")
            + Part(
                "headers",
                "From: Ha <a@sender.example>\nTo: b@x.example, c@y.example\nSubject: =?utf-8?B?5Lu25ZCN?=\n"
            )
            + Part("charsets", """{"text":"iso-2022-jp","subject":"UTF-8"}""")
            + Part("content-ids", """{"i1":"attachment1"}""")
            + Part("text", "text")
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"attachment1\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\nbytes\r\n"
            + $"--{Boundary}--\r\n",
        Part("envelope", """{"to":["send@out.sender.example"],"from":"a@sender.example"}""")
            + Part(
                "email",
                "DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=s1; h=From; bh=AA==; b=AA==\r\nFrom: a@sender.example\r\n"
                    + "To: b@x.example\r\nContent-Type: multipart/report; boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in\r\n"
                    + "Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n--in--\r\n"
            )
            + $"--{Boundary}--\r\n",
    ];

    private static readonly string[] Hostile =
    [
        "\r\n",
        "\r",
        "\n",
        "\0",
        "\u2028",
        "\r\n.\r\n",
        "\r\nBcc: x@evil.example\r\n",
        "{\"a\":{\"a\":",
        "\ud83d",
        "=?utf-8?B?Cg==?=",
        "\"",
        ";",
        "@",
        "{",
        "}",
        ",",
        ":",
        $"\r\n--{Boundary}\r\n",
        $"--{Boundary}--",
        "Content-Disposition: form-data; name=\"email\"",
        "From: z@sender.example\r\n",
        "charset=utf-7",
        "pass",
        "d=example; d=example",
    ];

    private static readonly Gen<byte[]> Requests = Gen.OneOf(
        Gen.Byte.Array[0, 400],
        Gen.Select(
                Gen.Int[0, Whole.Length - 1],
                Gen.Select(Gen.Double.Unit, Gen.Int[0, 30], Gen.OneOf(Hostile.Select(Gen.Const).ToArray())).Array[0, 4]
            )
            .Select((form, changes) => changes.Aggregate(Encoding.UTF8.GetBytes(Whole[form]), Change))
    );

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task Answers_whatever_comes_in_and_keeps_nothing_but_mail_of_our_people()
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        await Gen.Select(Requests, Gen.Bool, Gen.Int[0, 9])
            .SampleAsync(
                async (body, isSigned, _) =>
                {
                    var (answer, kept) = await AnswerAsync(body, isSigned);
                    lock (seen)
                    {
                        seen[answer.Result.ToString()] = seen.GetValueOrDefault(answer.Result.ToString()) + 1;
                    }

                    (answer.Result == InboundResult.Unsigned).ShouldBe(!isSigned);
                    kept.ShouldBe(0);
                },
                iter: Campaign.IsLong ? 50_000 : 1_000
            );

        output.WriteLine(string.Join(", ", seen.Select(pair => $"{pair.Value} {pair.Key}")));
        seen.GetValueOrDefault(nameof(InboundResult.Accepted))
            .ShouldBeGreaterThan(0, "the campaign should reach the end");
        seen.GetValueOrDefault(nameof(InboundResult.Refused)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_request_over_the_limit_is_not_read_to_its_end()
    {
        var (answer, kept) = await AnswerAsync(new byte[200_000], isSigned: true, maxBytes: 100_000);

        (answer.Result, kept).ShouldBe((InboundResult.TooLarge, 0));
    }

    private async Task<(InboundAnswer Answer, int Kept)> AnswerAsync(
        byte[] body,
        bool isSigned,
        long maxBytes = 1_000_000
    )
    {
        var (tables, blobs, clock) = (new MemoryTables(), new MemoryBlobs(), new FakeTimeProvider(Now));
        var desk = InboundRooms.New(tables, blobs, clock, key, maxBytes);
        var stamp = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = isSigned ? body : [.. body, 1];
        var signature = key.SignData(
            [.. Encoding.UTF8.GetBytes(stamp), .. signed],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        var answer = await desk.TakeAsync(
            new InboundRequest(
                new MemoryStream(body),
                $"multipart/form-data; boundary={Boundary}",
                null,
                stamp,
                Convert.ToBase64String(signature),
                FormParts.ReadAsync
            ),
            async letter =>
            {
                await letter.Content.CopyToAsync(Stream.Null);
                return new InboundAnswer(InboundResult.Accepted, "new");
            },
            default
        );
        return (answer, blobs.Blobs.Count);
    }

    private static byte[] Change(byte[] bytes, (double At, int Length, string Instead) change)
    {
        var place = (int)(change.At * bytes.Length);
        return
        [
            .. bytes[..place],
            .. Encoding.UTF8.GetBytes(change.Instead),
            .. bytes[Math.Min(bytes.Length, place + change.Length)..],
        ];
    }

    private static string Part(string name, string value) =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
}
