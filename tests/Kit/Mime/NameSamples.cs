using static TlsOrLink.Tests.Kit.Mime.MimeWay;
using static TlsOrLink.Tests.Kit.Mime.Parts;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>How files are named.</summary>
internal static class NameSamples
{
    private const string Japanese = "お見積書（最終版）.pdf";

    public static IEnumerable<MimeSample> All() => [.. Encoded(), .. Hostile(), .. Odd()];

    private static IEnumerable<MimeSample> Encoded()
    {
        yield return Named(
            "name-continued",
            "quotation-of-january-2026.pdf",
            "filename*0=\"quotation-of-\";\n filename*1=\"january-2026\";\n filename*2=\".pdf\""
        );
        yield return Named("name-with-charset", Japanese, $"filename*=UTF-8'ja'{Uri.EscapeDataString(Japanese)}");
        yield return Named(
            "name-continued-with-charset",
            Japanese,
            $"filename*0*=UTF-8''{Uri.EscapeDataString("お見積書")};\n"
                + $" filename*1*={Uri.EscapeDataString("（最終版）")};\n filename*2=\".pdf\""
        );
        yield return Named(
            "name-in-jis-2231",
            Japanese,
            $"filename*=iso-2022-jp'ja'{string.Concat(In("iso-2022-jp", Japanese).Select(c => $"%{(int)c:X2}"))}"
        );
        yield return Named("name-as-encoded-word", Japanese, $"filename=\"{Word("iso-2022-jp", 'B', Japanese)}\"");
        yield return Named(
            "name-as-two-encoded-words",
            Japanese,
            $"filename=\"{Word("utf-8", 'B', "お見積書")}\n {Word("utf-8", 'B', "（最終版）.pdf")}\""
        );
        yield return Named("name-raw-utf-8", Japanese, $"filename=\"{In("utf-8", Japanese)}\"");
        var file = File(Japanese, "name-of-the-type");
        yield return Of(
            "name-of-the-type-alone",
            Base64Part(file.Content, $"application/pdf; name=\"{Word("iso-2022-jp", 'B', Japanese)}\""),
            file
        );
    }

    private static IEnumerable<MimeSample> Hostile()
    {
        yield return Named("name-with-path", "passwd.txt", "filename=\"../../etc/passwd.txt\"");
        yield return Named("name-with-windows-path", "a.pdf", "filename=\"C:\\\\Users\\\\hanako\\\\a.pdf\"");
        yield return Named(
            "name-that-turns-around",
            "invoicefdp.exe",
            $"filename*=UTF-8''{Uri.EscapeDataString("invoice\u202efdp.exe")}"
        );
        yield return Named("name-with-controls", "ab.txt", "filename*=UTF-8''a%0D%0A%00%1Bb.txt");
        yield return Named(
            "name-of-300-characters",
            new string('n', 116) + ".pdf",
            $"filename=\"{new string('n', 296)}.pdf\""
        );
        yield return Named(
            "name-with-emoji",
            "🎉 party 🥳.pdf",
            $"filename*=UTF-8''{Uri.EscapeDataString("🎉 party 🥳.pdf")}"
        );
        yield return Named("name-of-a-device", "_con.txt", "filename=con.txt");
        yield return Named("name-empty", "attachment-1.pdf", "filename=\"\"");
        yield return Named("name-of-dots", "attachment-1.pdf", "filename=\"...\"");
    }

    private static IEnumerable<MimeSample> Odd()
    {
        var (first, second) = (File("a.pdf", "first"), File("a.pdf", "second"));
        yield return Of("same-name-twice", Attached(first) + "\n--=_mixed\n" + Attached(second), first) with
        {
            Files = [first, second with { Name = "a (2).pdf" }],
        };
        var none = File("attachment-1.pdf", "no-name");
        yield return Of("no-name", Base64Part(none.Content, "application/pdf"), none);
        var bin = File("attachment-1.bin", "no-type");
        yield return Of(
            "no-name-no-type",
            Base64Part(bin.Content, "application/x-of-its-own", "Content-Disposition: attachment\n"),
            bin
        );
        var inline = File("inline.pdf", "inline-pdf");
        yield return Of(
            "pdf-inline",
            Base64Part(inline.Content, "application/pdf", "Content-Disposition: inline; filename=inline.pdf\n"),
            inline
        );
        var photo = File("photo.jpg", "photo");
        yield return Of(
            "photo-inline",
            Base64Part(photo.Content, "image/jpeg", "Content-Disposition: inline; filename=photo.jpg\n"),
            photo
        );
        var text = new SampleFile(
            "notes.txt",
            [.. "Notes of our own.\r\nSecond line of more than sixty bytes, that is what it has.\r\nEnd."u8]
        );
        yield return Of(
            "text-with-a-name",
            Text(
                    "Notes of our own.\nSecond line of more than sixty bytes, that is what it has.\nEnd.",
                    "; name=notes.txt"
                )
                .TrimEnd('\n'),
            text
        );
        var uu = File("old.pdf", "uu", 900);
        yield return Of(
            "x-uuencode",
            "Content-Type: application/pdf; name=old.pdf\nContent-Transfer-Encoding: x-uuencode\n\n"
                + Uu.Encode(uu.Content, "old.pdf"),
            uu
        );
    }

    private static MimeSample Named(string sample, string name, string parameter)
    {
        var file = File(name, sample);
        return Of(sample, Attached(file, parameter), file);
    }

    private static MimeSample Of(string name, string part, SampleFile file) =>
        Sample(name, Apart, Mixed(Text("Please find it attached."), part)) with
        {
            Files = [file],
            Says = ["Please find it attached."],
        };
}
