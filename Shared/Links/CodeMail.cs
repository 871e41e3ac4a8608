using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Faults;
using TlsOrLink.Messages;
using TlsOrLink.Storage;

namespace TlsOrLink.Links;

/// <summary>The mail with a one-time code. It goes by enforced TLS at the level of the policy, or not at all, and names neither file nor link.</summary>
internal sealed class CodeMail(
    MessageTable messages,
    LinkTable links,
    ISecretRoutes routes,
    AddressHash hash,
    IOptions<LinkOptions> options,
    TimeProvider time
) : IOwnMailSource
{
    /// <summary>Slug of the kind; durable.</summary>
    public const string Slug = "link-code";

    private const string Japanese = """
        {0} 様からのファイルをお受け取りいただくためのコードです。

        {1}

        {2}まで、一度だけお使いいただけます。お心当たりのない場合は、このメールを破棄してください。
        {3}
        """;

    private const string English = """
        Your code for the files from {0}:

        {1}

        It is good until {2}, once. If you did not ask for it, please ignore this mail.
        {3}
        """;

    /// <inheritdoc/>
    public string Kind => Slug;

    /// <inheritdoc/>
    public async Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation)
    {
        var message = await messages.FindAsync(order.MessageId, cancellation);
        if (
            message is null
            || await messages.RecipientsAsync(message.Id, message.Attempt, order.N, 1, cancellation)
                is not [{ } recipient]
            || await FindAsync(recipient, order, cancellation) is not { } link
            || MailedCode.Of(link, hash, time.GetUtcNow()) is not { } code
        )
        {
            return null;
        }

        var to = MailAddress.Parse(recipient.Address);
        var plan = await routes.FindAsync(to.Domain, message.TlsPolicyOption, cancellation);
        return plan is null
            ? throw new TransientFault("A one-time code waits: its recipient's domain does not reach the policy now.")
            : Write(link, to, code) with
            {
                Plan = plan,
            };
    }

    /// <summary>The link whose last code this is.</summary>
    private async Task<LinkRow?> FindAsync(RecipientRow recipient, OwnMailOrder order, CancellationToken cancellation)
    {
        foreach (var id in recipient.LinkIds)
        {
            if (
                await links.FindAsync(id, cancellation) is { CodeMailedAt: not null } link
                && MailedCode.SerialOf(link) == order.Serial
            )
            {
                return link;
            }
        }

        return null;
    }

    private OwnMail Write(LinkRow link, MailAddress to, string code)
    {
        var isEnglish = link.Language == MailLanguage.En;
        var text = string.Format(
            CultureInfo.InvariantCulture,
            isEnglish ? English : Japanese,
            ShownText.OneLine(link.ShownSender, 100),
            $"{code[..4]} {code[4..]}",
            ShownTime.Of(link.CodeUntil!.Value, link.Language),
            ShownText.OneLine(options.Value.CompanyName, 100)
        );
        return new OwnMail(to, link.Language, isEnglish ? "Your code for the files" : "お受け取り用のコード", text);
    }
}
