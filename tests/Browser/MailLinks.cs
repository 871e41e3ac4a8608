using MimeKit;
using TlsOrLink.Tests.Kit.Mail;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Browser;

/// <summary>Finds the links of the service in the mails that arrive.</summary>
internal static class MailLinks
{
    /// <summary>Waits for a mail to an address that says something.</summary>
    public static Task<ScriptedMessage> MailToAsync(this ScriptedSmtp server, string address, string saying = "") =>
        Eventually.GetAsync(
            () =>
                Task.FromResult(
                    server.Messages.FirstOrDefault(mail =>
                        mail.Recipients.Contains(address) && TextOf(mail).Contains(saying, StringComparison.Ordinal)
                    )
                ),
            Eventually.Patience,
            () => $"No mail to {address} says '{saying}'."
        );

    /// <summary>Path of the one URL of a mail whose path begins so.</summary>
    public static string PathIn(ScriptedMessage mail, string prefix) =>
        TextOf(mail)
            .Split((char[])['\r', '\n', ' ', '"', '<', '>'])
            .Where(word => word.StartsWith("https://", StringComparison.Ordinal))
            .Select(word => new Uri(word).AbsolutePath)
            .Distinct(StringComparer.Ordinal)
            .Single(path => path.StartsWith(prefix, StringComparison.Ordinal));

    private static string TextOf(ScriptedMessage message)
    {
        using var mail = MimeMessage.Load(new MemoryStream(message.Content));
        return $"{mail.TextBody}\n{mail.HtmlBody}";
    }
}
