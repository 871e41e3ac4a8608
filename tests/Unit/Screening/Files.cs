using System.IO.Compression;
using System.Text;

namespace TlsOrLink.Tests.Unit.Screening;

/// <summary>Makes the files that readers read.</summary>
internal static class Files
{
    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, string Content)[] entries) =>
        Zip([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Content)))]);

    /// <summary>Sets the encryption flag of every entry, in both headers.</summary>
    public static byte[] Encrypted(byte[] zip)
    {
        var copy = zip.ToArray();
        for (var i = 0; i + 10 < copy.Length; i++)
        {
            if (copy.AsSpan(i).StartsWith("PK\u0003\u0004"u8))
            {
                copy[i + 6] |= 1;
            }
            else if (copy.AsSpan(i).StartsWith("PK\u0001\u0002"u8))
            {
                copy[i + 8] |= 1;
            }
        }

        return copy;
    }

    public static byte[] Docx(string body) =>
        Zip(
            ("[Content_Types].xml", "<Types/>"),
            (
                "word/document.xml",
                $"<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
            )
        );

    public static byte[] Xlsx(string strings, string sheet) =>
        Zip(
            ("[Content_Types].xml", "<Types/>"),
            ("xl/sharedStrings.xml", $"<sst>{strings}</sst>"),
            ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
        );

    public static byte[] Pptx(string slide) =>
        Zip(("[Content_Types].xml", "<Types/>"), ("ppt/slides/slide1.xml", $"<p:sld>{slide}</p:sld>"));

    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    public static byte[] Mail(string subject, string text, string? fileName = null, byte[]? file = null)
    {
        var message = new MimeKit.MimeMessage { Subject = subject };
        var body = new MimeKit.BodyBuilder { TextBody = text };
        if (fileName is not null)
        {
            body.Attachments.Add(fileName, file!);
        }

        message.From.Add(new MimeKit.MailboxAddress("", "a@sender.example"));
        message.Body = body.ToMessageBody();
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }
}
