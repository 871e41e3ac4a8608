using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Tests.Kit.Mime;

/// <summary>Builds entities as text, one character per byte, lines ending with LF until <see cref="Sample"/> is done with them.</summary>
internal static class Parts
{
    static Parts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A message.</summary>
    /// <param name="name">Of the sample.</param>
    /// <param name="way">What must become of it.</param>
    /// <param name="entity">Its Content fields, an empty line, its body.</param>
    /// <param name="subject">As readers show it; written as an encoded word where it is not ASCII.</param>
    /// <param name="fields">More header fields, each with its LF.</param>
    public static MimeSample Sample(
        string name,
        MimeWay way,
        string entity,
        string subject = "Quotation",
        string fields = ""
    )
    {
        var written = Ascii.IsValid(subject) ? subject : Word("utf-8", 'B', subject);
        var message =
            $"Date: Fri, 09 Jan 2026 10:01:00 +0900\nFrom: {Word("utf-8", 'B', "山田 花子")} <hanako@sender.example>\n"
            + $"To: Taro <taro@partner.example>\nMessage-ID: <{name}@sender.example>\n"
            + $"In-Reply-To: {MimeSample.Parent}\nReferences: <root@partner.example>\n <parent@partner.example>\n"
            + (fields.Contains("Subject:", StringComparison.Ordinal) ? "" : $"Subject: {written}\n")
            + $"{fields}MIME-Version: 1.0\n{entity}";
        return Raw(name, way, message.Replace("\n", "\r\n", StringComparison.Ordinal)) with { Subject = subject };
    }

    /// <summary>A message of which every byte is given.</summary>
    public static MimeSample Raw(string name, MimeWay way, string message) =>
        new(name, way, Encoding.Latin1.GetBytes(message));

    public static string Multi(string type, string boundary, params string[] parts) =>
        $"Content-Type: multipart/{type}; boundary=\"{boundary}\"\n\n"
        + string.Concat(parts.Select(part => $"--{boundary}\n{part}\n"))
        + $"--{boundary}--\n";

    public static string Mixed(params string[] parts) => Multi("mixed", "=_mixed", parts);

    public static string Text(string text, string parameters = "; charset=us-ascii") =>
        $"Content-Type: text/plain{parameters}\n\n{text}\n";

    public static string Html(string html, string parameters = "; charset=us-ascii") =>
        $"Content-Type: text/html{parameters}\n\n<html><body class=\"mail\"><p>{html}</p></body></html>\n";

    /// <summary>Text in a transfer encoding.</summary>
    public static string Encoded(string charset, string encoding, string text, string subtype = "plain")
    {
        var bytes = Encoding.GetEncoding(charset).GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var content = encoding switch
        {
            "base64" => Base64(bytes),
            "quoted-printable" => string.Concat(bytes.Select(Quoted)) + "=\n",
            _ => Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n",
        };
        return $"Content-Type: text/{subtype}; charset=\"{charset}\"\nContent-Transfer-Encoding: {encoding}\n\n{content}";
    }

    /// <summary>An attached PDF with a name.</summary>
    public static string Attached(SampleFile file) => Attached(file, $"filename=\"{file.Name}\"");

    /// <summary>An attached PDF.</summary>
    /// <param name="parameter">Parameters of its Content-Disposition.</param>
    public static string Attached(SampleFile file, string parameter) =>
        Base64Part(file.Content, "application/pdf", $"Content-Disposition: attachment; {parameter}\n");

    public static string Base64Part(byte[] content, string type, string fields = "") =>
        $"Content-Type: {type}\n{fields}Content-Transfer-Encoding: base64\n\n{Base64(content)}";

    /// <summary>An image that HTML shows by <paramref name="id"/>.</summary>
    public static string Image(string id, byte[] content, string disposition = "inline") =>
        Base64Part(
            content,
            "image/png; name=\"logo.png\"",
            $"Content-ID: <{id}>\nContent-Disposition: {disposition}; filename=\"logo.png\"\n"
        );

    /// <summary>A file of bytes that no other sample has.</summary>
    public static SampleFile File(string name, string sample, int bytes = 1200) =>
        new(name, Data(sample + name, bytes));

    /// <summary>Bytes that look random, and are the same in every run.</summary>
    public static byte[] Data(string seed, int bytes) =>
        [
            .. Enumerable
                .Range(0, (bytes / SHA256.HashSizeInBytes) + 1)
                .SelectMany(i => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {i}")))
                .Take(bytes),
        ];

    public static string Base64(byte[] content) =>
        Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n";

    /// <summary>The text's bytes in a charset, one character each.</summary>
    public static string In(string charset, string text) =>
        Encoding.Latin1.GetString(Encoding.GetEncoding(charset).GetBytes(text));

    /// <summary>An encoded word (RFC 2047).</summary>
    public static string Word(string charset, char encoding, string text)
    {
        var bytes = Encoding.GetEncoding(charset).GetBytes(text);
        var content = encoding == 'B' ? Convert.ToBase64String(bytes) : string.Concat(bytes.Select(Quoted));
        return $"=?{charset}?{encoding}?{content}?=";
    }

    private static string Quoted(byte b) => $"={b:X2}";
}
