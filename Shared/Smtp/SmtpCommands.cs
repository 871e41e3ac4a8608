using System.Globalization;
using System.Text;
using TlsOrLink.Domains;

namespace TlsOrLink.Smtp;

/// <summary>The commands of a transaction as bytes. Pure.</summary>
internal static class SmtpCommands
{
    /// <summary>Why this envelope must not be offered to such a host, as a slug; null where it may.</summary>
    public static string? Unsupported(SmtpEnvelope envelope, SmtpFeatures features) =>
        envelope.RequireTls && !features.RequireTls ? SmtpReasons.RequireTlsNotOffered
        : NeedsSmtpUtf8(envelope) && !features.SmtpUtf8 ? SmtpReasons.SmtpUtf8NotOffered
        : envelope.EightBit && !features.EightBitMime ? SmtpReasons.EightBitNotOffered
        : envelope.Bytes > features.MaxBytes ? SmtpReasons.TooLarge
        : null;

    /// <summary>MAIL FROM with its parameters.</summary>
    public static byte[] MailFrom(SmtpEnvelope envelope, SmtpFeatures features)
    {
        var line = new StringBuilder("MAIL FROM:<").Append(envelope.Sender).Append('>');
        if (features.Size && envelope.Bytes is { } bytes)
        {
            line.Append(CultureInfo.InvariantCulture, $" SIZE={bytes}");
        }

        line.Append(envelope.EightBit ? " BODY=8BITMIME" : "")
            .Append(NeedsSmtpUtf8(envelope) ? " SMTPUTF8" : "")
            .Append(envelope.RequireTls ? " REQUIRETLS" : "");
        return Line(line.ToString());
    }

    /// <summary>RCPT TO.</summary>
    public static byte[] RcptTo(MailAddress recipient, string notify = "") => Line($"RCPT TO:<{recipient}>{notify}");

    /// <summary>What is asked about the fate of a mail behind the host (RFC 3461 section 4.1): failures for its sender, nothing about a bounce.</summary>
    public static string Notify(SmtpEnvelope envelope, SmtpFeatures features) =>
        !features.Dsn ? ""
        : envelope.Sender is null ? " NOTIFY=NEVER"
        : " NOTIFY=FAILURE";

    private static byte[] Line(string command) => Encoding.UTF8.GetBytes(command + "\r\n");

    private static bool NeedsSmtpUtf8(SmtpEnvelope envelope) =>
        envelope.SmtpUtf8
        || envelope.Sender is { NeedsSmtpUtf8: true }
        || envelope.Recipients.Any(recipient => recipient.NeedsSmtpUtf8);
}
