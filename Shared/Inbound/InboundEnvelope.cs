using System.Text.Json;
using MimeKit;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Inbound;

/// <summary>The field <c>envelope</c>: <c>{ "to": ["…"], "from": "…" }</c>. Pure.</summary>
/// <param name="From">Empty for mail of machines.</param>
/// <param name="To">Addresses that SendGrid took the mail in for.</param>
internal sealed record InboundEnvelope(string From, IReadOnlyList<MailAddress> To)
{
    /// <summary>Reads it; what is no address is passed over.</summary>
    public static InboundEnvelope Of(InboundForm form)
    {
        var (from, to) = ("", new List<MailAddress>());
        foreach (var pair in form.Json("envelope"))
        {
            if (pair.NameEquals("from") && pair.Value.ValueKind == JsonValueKind.String)
            {
                from = pair.Value.GetString()!.Trim('<', '>', ' ');
            }
            else if (pair.NameEquals("to"))
            {
                JsonElement[] all =
                    pair.Value.ValueKind == JsonValueKind.Array ? [.. pair.Value.EnumerateArray()] : [pair.Value];
                to.AddRange(
                    all.Where(one => one.ValueKind == JsonValueKind.String)
                        .Select(one =>
                            MailAddress.TryParse(one.GetString()!.Trim('<', '>', ' '), out var ok) ? ok : null
                        )
                        .OfType<MailAddress>()
                );
            }
        }

        return new InboundEnvelope(from, to);
    }

    /// <summary>Addresses of the envelope that are not in the hook's own domain.</summary>
    public IReadOnlyList<MailAddress> Outside(MailDomain own) => [.. To.Where(address => address.Domain != own)];

    /// <summary>
    /// Whom the mail is for: whoever of the envelope is not in the hook's own domain; where that is nobody, To and Cc without the hook's own addresses. A gateway
    /// that redirects a mail to the hook leaves them as they were.
    /// </summary>
    /// <param name="header">The mail's.</param>
    /// <param name="own">The hook's domain.</param>
    /// <exception cref="IntakeRefusal">A field is no list of addresses.</exception>
    public IReadOnlyList<MailAddress> RecipientsOf(RawHeader header, MailDomain own)
    {
        var outside = Outside(own);
        return outside.Count > 0
            ? outside
            :
            [
                .. new[] { HeaderId.To, HeaderId.Cc }
                    .SelectMany(header.Mailboxes)
                    .Select(mailbox => Envelope.Address(mailbox, "To"))
                    .Where(address => address.Domain != own && !To.Contains(address))
                    .Distinct(),
            ];
    }
}
