using static TlsOrLink.Tests.Kit.Mime.MimeWay;
using static TlsOrLink.Tests.Kit.Mime.Parts;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Charsets and transfer encodings of texts and subjects, true and false.</summary>
internal static class CharsetSamples
{
    private const string Body = "拝啓　見積書をお送りいたします。";
    private const string Subject = "見積書の件";
    private static readonly SampleFile Pdf = File("a.pdf", "charsets");

    public static IEnumerable<MimeSample> All() => [.. True(), .. False(), .. Encodings()];

    private static IEnumerable<MimeSample> True()
    {
        yield return Japanese("iso-2022-jp", Encoded("iso-2022-jp", "7bit", Body), Word("iso-2022-jp", 'B', Subject));
        yield return Japanese("shift-jis", Encoded("shift_jis", "8bit", Body), Word("shift_jis", 'B', Subject));
        yield return Japanese("shift-jis-raw-subject", Encoded("shift_jis", "8bit", Body), In("shift_jis", Subject));
        yield return Japanese("euc-jp", Encoded("euc-jp", "base64", Body), Word("euc-jp", 'B', Subject));
        yield return Japanese("utf-8-8bit", Encoded("utf-8", "8bit", Body), In("utf-8", Subject));
        yield return Japanese(
            "utf-8-quoted-printable",
            Encoded("utf-8", "quoted-printable", Body),
            Word("utf-8", 'Q', Subject)
        );
        yield return Japanese("utf-8-base64", Encoded("utf-8", "base64", Body), Word("utf-8", 'B', Subject));
        yield return Japanese("utf-16-base64", Encoded("utf-16", "base64", Body), Word("utf-8", 'B', Subject));
        yield return Japanese(
            "subject-in-two-words",
            Encoded("iso-2022-jp", "7bit", Body),
            $"{Word("iso-2022-jp", 'B', "見積書")}\n {Word("iso-2022-jp", 'B', "の件")}"
        );
        yield return Japanese(
            "html-with-its-charset-in-meta",
            Encoded(
                "shift_jis",
                "base64",
                $"<html><head><meta charset=\"shift_jis\"></head><body>{Body}</body></html>",
                "html"
            ),
            Word("utf-8", 'B', Subject)
        ) with
        {
            HasHtml = true,
            HasText = false,
        };
    }

    private static IEnumerable<MimeSample> False()
    {
        yield return Japanese("raw-jis-subject", Encoded("iso-2022-jp", "7bit", Body), In("iso-2022-jp", Subject));
        yield return Japanese("utf-8-called-ascii", Text(In("utf-8", Body)), Word("utf-8", 'B', Subject));
        yield return Japanese("jis-without-charset", Text(In("iso-2022-jp", Body), ""), Word("utf-8", 'B', Subject));
        yield return Japanese(
            "utf-8-of-an-unknown-charset",
            Text(In("utf-8", Body), "; charset=\"x-nobody-knows\""),
            Word("utf-8", 'B', Subject)
        );
    }

    private static IEnumerable<MimeSample> Encodings()
    {
        yield return Sample(
            "format-flowed",
            Apart,
            Mixed(
                Text("A line that flows \nonto the next.\n\n> quoted \n> too", "; format=flowed; delsp=no"),
                Attached(Pdf)
            )
        ) with
        {
            Files = [Pdf],
            Says = ["A line that flows \nonto the next.", "> quoted \n> too"],
        };
        yield return Sample("unknown-encoding", Apart, Mixed(Plain("x-none", "As it is."), Attached(Pdf))) with
        {
            Files = [Pdf],
            Says = ["As it is."],
        };
        yield return Sample(
            "called-base64-and-is-not",
            Apart,
            Mixed(Plain("base64", "Not at all!"), Attached(Pdf))
        ) with
        {
            Files = [Pdf],
            HasText = false,
        };
        yield return Sample("bad-base64-without-files", NoFiles, Plain("base64", "SGVsbG8gd29ybGQ*=h")) with
        {
            Says = ["Hello world"],
        };
        yield return Sample(
            "encoding-of-a-multipart",
            Apart,
            "Content-Transfer-Encoding: base64\n" + Mixed(Text("Text."), Attached(Pdf))
        ) with
        {
            Files = [Pdf],
            Says = ["Text."],
        };
        var damaged = Base64(Pdf.Content).Replace("\n", "*\n -", StringComparison.Ordinal).TrimEnd(' ', '-');
        yield return Sample(
            "damaged-base64-of-a-file",
            Apart,
            Mixed(
                Text("Text."),
                $"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: BASE64\n\n{damaged}"
            )
        ) with
        {
            Files = [Pdf],
            Says = ["Text."],
        };
    }

    private static string Plain(string encoding, string text) =>
        $"Content-Type: text/plain\nContent-Transfer-Encoding: {encoding}\n\n{text}\n";

    private static MimeSample Japanese(string name, string body, string subject) =>
        Sample(name, Apart, Mixed(body, Attached(Pdf)), Subject, $"Subject: {subject}\n") with
        {
            Files = [Pdf],
            Says = [Body],
            IsJapanese = true,
        };
}
