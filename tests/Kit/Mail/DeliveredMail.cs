using System.Text;
using System.Text.RegularExpressions;

namespace TlsOrLink.Tests.Kit.Mail;

/// <summary>One mail as Postfix put it into the mailbox of one recipient.</summary>
/// <param name="Raw">The file's bytes, lines ending with LF, with what the server put on top.</param>
/// <param name="Recipient">The envelope's recipient.</param>
/// <param name="Sender">The envelope's sender; empty for a bounce.</param>
/// <param name="By">The host that took it.</param>
/// <param name="Tls">The TLS version by which it came, for instance <c>TLSv1.3</c>; null where in clear text.</param>
/// <param name="Content">What was sent after DATA: no header of the server's own, lines ending with CRLF.</param>
public sealed partial record DeliveredMail(
    byte[] Raw,
    string Recipient,
    string Sender,
    string By,
    string? Tls,
    byte[] Content
)
{
    /// <summary>The content as Latin-1, one character per byte.</summary>
    public string Text => Encoding.Latin1.GetString(Content);

    internal static DeliveredMail Read(string file)
    {
        var raw = File.ReadAllBytes(file);
        var text = Encoding.Latin1.GetString(raw);
        var own = Own().Match(text);
        return own.Success
            ? new(
                raw,
                own.Groups["recipient"].Value,
                own.Groups["sender"].Value,
                own.Groups["by"].Value,
                own.Groups["tls"] is { Success: true } tls ? tls.Value : null,
                Encoding.Latin1.GetBytes(text[own.Length..].Replace("\n", "\r\n", StringComparison.Ordinal))
            )
            : throw new InvalidOperationException(
                $"Postfix's own header is not as expected:\n{text[..Math.Min(text.Length, 1000)]}"
            );
    }

    [GeneratedRegex(
        @"\AReturn-Path: <(?<sender>.*)>\nX-Original-To: (?<recipient>.*)\nDelivered-To: .*\nReceived: (from .*\n(\t\(using (?<tls>\S+) with cipher .*\n(\t .*\n)*(\t\(.*\n)*)?\t)?by (?<by>\S+) .*\n(\t.*\n)*",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Own();
}
