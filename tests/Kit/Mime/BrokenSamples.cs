using System.Globalization;
using System.Text;
using static TlsOrLink.Tests.Kit.Mime.MimeWay;
using static TlsOrLink.Tests.Kit.Mime.Parts;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Lines that are no mail's, and header fields of every sort.</summary>
internal static class BrokenSamples
{
    public static readonly SampleFile Pdf = File("b.pdf", "broken");
    public static readonly string Good = Mixed(Text("Still there."), Attached(Pdf));

    public static IEnumerable<MimeSample> All() => [.. Lines(), .. Fields()];

    private static IEnumerable<MimeSample> Lines()
    {
        var good = Of("x", Good).Text;
        yield return Raw(
            "line-feeds-alone",
            Apart,
            Rename(good, "line-feeds-alone").Replace("\r\n", "\n", StringComparison.Ordinal)
        ) with
        {
            Files = [Pdf],
            Says = ["Still there."],
            Subject = "Quotation",
        };
        yield return Of("bare-cr-in-the-text", Mixed(Text("Still there.\rAnd here.\r\r.\rEnd."), Attached(Pdf))) with
        {
            Says = ["Still there.\nAnd here.\n\n.\nEnd."],
        };
        yield return Of("line-of-5000", Mixed(Text("Still there. " + new string('x', 5000)), Attached(Pdf)));
        yield return Of("line-of-5000-without-files", Html("Still there. " + new string('x', 5000)), NoFiles) with
        {
            Files = [],
            HasHtml = true,
            HasText = false,
        };
        yield return Of("nul-in-the-text", Mixed(Text("Still there.\0\0 And here."), Attached(Pdf)));
        yield return Of(
            "dots-and-From-lines",
            Mixed(Text("Still there.\n.\n..\nFrom here on\n.end"), Attached(Pdf))
        ) with
        {
            Says = ["Still there.\n.\n..\nFrom here on\n.end"],
        };
        yield return Of("no-line-end-at-the-end", Good[..^1]);
        string[] ends =
        [
            "\u0001.\u0001",
            "\u0001.\n",
            "\n.\u0001",
            "\r.\r",
            "\r.\n",
            "\n.\rX",
            "\r.\u0001",
            "\u0001\r.\n",
            "\0\n.\u0001",
        ];
        foreach (var (i, end) in ends.Index())
        {
            yield return Smuggled(string.Create(CultureInfo.InvariantCulture, $"smuggling-{i + 1}"), end);
        }
    }

    private static IEnumerable<MimeSample> Fields()
    {
        yield return Of(
            "bcc-and-tls-required",
            Good,
            fields: "Bcc: hidden@partner.example,\n hidden2@partner.example\nResent-Bcc: hidden3@partner.example\nTLS-Required: No\n"
        );
        yield return Of(
            "dkim-and-arc",
            Good,
            fields: "DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=s1;\n bh=abc=; b=def=\nARC-Seal: i=1; b=x\nARC-Message-Signature: i=1\nARC-Authentication-Results: i=1; x\n"
        );
        yield return Of(
            "list-fields",
            Good,
            fields: "List-Id: <l.sender.example>\nList-Unsubscribe: <https://x.example/u?a=1>,\n <mailto:u@sender.example>\nPrecedence: list\n"
        );
        yield return Of(
            "received-40-times",
            Good,
            fields: string.Concat(
                Enumerable
                    .Range(1, 40)
                    .Select(i => $"Received: from h{i} by h{i + 1};\n\tFri, 9 Jan 2026 10:00:00 +0900\n")
            )
        );
        yield return Of("folded-oddly", Good, fields: "X-Odd: first\n \n\tsecond\n   third\nX-Empty:\nX-Empty2: \n \n");
        yield return Of("field-of-3000", Good, fields: $"X-Long: {new string('y', 3000)}\n");
        yield return Of(
            "subject-of-3000",
            Good,
            fields: $"Subject: {string.Join(' ', Enumerable.Repeat("word", 600))}\n"
        ) with
        {
            Subject = string.Join(' ', Enumerable.Repeat("word", 600)),
        };
        yield return Of(
            "raw-utf-8-everywhere",
            Good,
            fields: $"X-Note: {In("utf-8", "備考")}\nCc: {In("utf-8", "佐藤")} <sato@partner.example>\nKeywords: {In("utf-8", "極秘")}\n"
        );
        yield return Of("two-content-types", "Content-Type: text/plain\n" + Good, NoFiles) with
        {
            Files = [],
            Says = [],
        };
        yield return Of(
            "comment-in-the-type",
            Good.Replace("multipart/mixed;", "multipart/mixed (our own);", StringComparison.Ordinal)
        );
        yield return Of(
            "part-without-empty-line",
            Mixed(
                Text("Still there."),
                $"Content-Type: application/pdf\nContent-Disposition: attachment; filename=b.pdf\nContent-Transfer-Encoding: base64\nthis is no field\n\n{Base64(Pdf.Content)}"
            )
        ) with
        {
            Files = [],
        };
    }

    /// <summary>What looks like a second mail to a server that takes <paramref name="end"/> for the end of the first (CVE-2023-51764). U+0001 is a bare LF.</summary>
    private static MimeSample Smuggled(string name, string end)
    {
        const string second =
            "MAIL FROM:<evil@sender.example>\nRCPT TO:<victim@partner.example>\nDATA\nSubject: smuggled\n\n.";
        var sample = Of(name, Mixed(Text($"Still there.{end}{second}"), Attached(Pdf)));
        return sample with { Bytes = Encoding.Latin1.GetBytes(sample.Text.Replace('\u0001', '\n')) };
    }

    private static string Rename(string message, string name) =>
        message.Replace("<x@", $"<{name}@", StringComparison.Ordinal);

    public static MimeSample Of(string name, string entity, MimeWay way = Apart, string fields = "") =>
        Sample(name, way, entity, fields: fields) with
        {
            Files = [Pdf],
            Says = ["Still there."],
        };
}
