using System.Security.Cryptography;
using System.Text;

namespace TlsOrLink.Tests.Integration.Delivery;

/// <summary>A raw message with one attachment, as a mail gateway hands it over.</summary>
/// <param name="Recipients">The envelope's recipients.</param>
public sealed record Letter(params IReadOnlyList<string> Recipients)
{
    public string Sender { get; init; } = "hanako@sender.example";

    public string Subject { get; init; } = "Quotation";

    public string Text { get; init; } = "Dear Sirs, our quotation is attached. Its total is 1,234,567 yen.";

    public string FileName { get; init; } = "quotation.bin";

    /// <summary>What the attachment is, decoded.</summary>
    public byte[] File { get; init; } = RandomNumberGenerator.GetBytes(3000);

    /// <summary>The message from its first header field to its end, lines ending with CRLF.</summary>
    public byte[] Bytes =>
        Encoding.UTF8.GetBytes(
            $"""
            Date: Fri, 09 Jan 2026 10:01:00 +0900
            From: Hanako <{Sender}>
            To: undisclosed-recipients:;
            Message-ID: <quotation.1@sender.example>
            Subject: {Subject}
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_mail"

            --=_mail
            Content-Type: text/plain; charset=UTF-8

            {Text}
            .a line that begins with a dot
            --=_mail
            Content-Type: application/octet-stream; name="{FileName}"
            Content-Disposition: attachment; filename="{FileName}"
            Content-Transfer-Encoding: base64

            {EncodedFile}
            --=_mail--

            """.ReplaceLineEndings("\r\n")
        );

    /// <summary>The attachment as it stands in the message.</summary>
    public string EncodedFile => Convert.ToBase64String(File, Base64FormattingOptions.InsertLineBreaks);

    /// <summary>As the service sends it over TLS: only <c>Received</c> comes before it.</summary>
    public bool IsWhatArrived(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        return text.StartsWith("Received: by ", StringComparison.Ordinal)
            && text.IndexOf("\r\nDate:", StringComparison.Ordinal) is var end and > 0
            && content.AsSpan(end + 2).SequenceEqual(Bytes);
    }
}
