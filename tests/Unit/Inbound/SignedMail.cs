using System.Text;
using MimeKit;
using MimeKit.Cryptography;

namespace TlsOrLink.Tests.Unit.Inbound;

/// <summary>A mail as its author's server sends it.</summary>
internal static class SignedMail
{
    /// <summary>The mail, one character a byte. To is not signed, as Microsoft 365 does not.</summary>
    public static string By(DkimSigner signer)
    {
        var mail = new MimeMessage(
            [InternetAddress.Parse("a@sender.example")],
            [InternetAddress.Parse("b@x.example")],
            "Quotation",
            new TextPart("plain") { Text = "It is attached.\r\n" }
        );
        mail.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(mail, [HeaderId.From, HeaderId.Subject, HeaderId.Date]);
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var stream = new MemoryStream();
        mail.WriteTo(format, stream);
        return Encoding.Latin1.GetString(stream.ToArray());
    }
}
