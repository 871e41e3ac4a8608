using Microsoft.Extensions.Options;
using MimeKit;
using TlsOrLink.Domains;

namespace TlsOrLink.Messages.Signing;

/// <summary>Whose name a mail that we change bears.</summary>
internal sealed class Author(Signatures signatures, IOptions<IdentityOptions> options)
{
    /// <summary>Where nobody can sign for its author, ours becomes the author with the sender's name, and answers go to the sender.</summary>
    public void Align(MimeMessage mail)
    {
        if (
            options.Value.UnalignedFrom is not { } ours
            || mail.From.Mailboxes.FirstOrDefault() is not { } sender
            || (MailAddress.TryParse(sender.Address, out var address) && signatures.SignsFor(address.Domain))
        )
        {
            return;
        }

        if (mail.ReplyTo.Count == 0)
        {
            mail.ReplyTo.AddRange(mail.From);
        }

        var name = sender.Name is { Length: > 0 } shown ? shown : sender.Address;
        mail.From.Clear();
        mail.From.Add(new MailboxAddress(name, ours));
        mail.Sender = null;
    }
}
