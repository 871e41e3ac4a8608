using MimeKit;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages;

/// <summary>Addresses as callers write them. Pure.</summary>
internal static class Envelope
{
    /// <summary>Takes duplicates out and sorts by domain, so that the recipients of one domain are one range of numbers.</summary>
    /// <exception cref="IntakeRefusal">There is none, or there are more than <paramref name="max"/>.</exception>
    public static IReadOnlyList<MailAddress> Number(IEnumerable<MailAddress> recipients, string path, int max)
    {
        // Local parts that differ in case may be two mailboxes (RFC 5321 section 2.4).
        MailAddress[] distinct = [.. recipients.Distinct()];
        return distinct.Length switch
        {
            0 => throw IntakeRefusal.At(path, "There is no recipient. Name at least one."),
            _ when distinct.Length > max => throw IntakeRefusal.At(
                path,
                $"There are more than {max} recipients. Send several messages."
            ),
            _ => [.. distinct.OrderBy(recipient => recipient.Domain.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>Parses one address, with or without a display name.</summary>
    /// <exception cref="IntakeRefusal">It is none.</exception>
    public static MailboxAddress Mailbox(string text, string path)
    {
        var trimmed = text.Trim();
        if (HasControl(trimmed))
        {
            throw IntakeRefusal.At(path, "A control character or line break stands in it.");
        }

        if (MailAddress.TryParse(trimmed, out var plain))
        {
            return new MailboxAddress("", plain.ToString());
        }

        return
            MailboxAddress.TryParse(trimmed, out var mailbox) && MailAddress.TryParse(mailbox.Address, out var address)
            ? new MailboxAddress(mailbox.Name, address.ToString())
            : throw IntakeRefusal.At(path, "Not a mail address. Write local@domain or Name <local@domain>.");
    }

    /// <summary>Parses one address of an envelope.</summary>
    /// <exception cref="IntakeRefusal">It is none.</exception>
    public static MailAddress Address(string text, string path) => Address(Mailbox(text, path), path);

    /// <summary>The address of a mailbox.</summary>
    /// <exception cref="IntakeRefusal">Mail cannot go there.</exception>
    public static MailAddress Address(MailboxAddress mailbox, string path) =>
        MailAddress.TryParse(mailbox.Address, out var address)
            ? address
            : throw IntakeRefusal.At(path, "Not a mail address. Write local@domain.");

    /// <summary>Splits a list at commas and semicolons that stand outside quotes and angle brackets; empty items fall away.</summary>
    public static IReadOnlyList<string> Split(string list)
    {
        List<string> items = [];
        var (start, quoted, angle) = (0, false, false);
        for (var i = 0; i < list.Length; i++)
        {
            switch (list[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '<' or '>' when !quoted:
                    angle = list[i] == '<';
                    break;
                case ',' or ';' when !quoted && !angle:
                    items.Add(list[start..i].Trim());
                    start = i + 1;
                    break;
            }
        }

        items.Add(list[start..].Trim());
        return [.. items.Where(item => item.Length > 0)];
    }

    /// <summary>The text holds a character that could end a header line or hide what follows.</summary>
    public static bool HasControl(string text) =>
        text.Any(c => (char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029');
}
