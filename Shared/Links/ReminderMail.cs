using System.Globalization;
using Microsoft.Extensions.Options;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Reminds a recipient of files that nobody has fetched. It holds the link, as the notice did, and no name of a file.</summary>
internal sealed class ReminderMail(
    MessageTable messages,
    LinkTable links,
    LinkSeeds seeds,
    IOptions<LinkOptions> options,
    TimeProvider time
) : IOwnMailSource
{
    /// <summary>Slug of the kind; durable.</summary>
    public const string Slug = "link-reminder";

    private const string Japanese = """
        {0} 様より先日お送りした添付ファイルを、まだお受け取りいただいていないようです。

        {1}までに下記よりお受け取りくださいますようお願い申し上げます。すでにご覧の場合は、行き違いをご容赦ください。
        {2}

        ご不審な場合は開かず、ご存じの電話番号で差出人までご確認ください。
        {3}
        """;

    private const string English = """
        The attachments that {0} sent you have not been picked up yet.

        Please get them by {1}:
        {2}

        If in doubt, do not open the page; call the sender on a number that you already have.
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
                is not [{ LinkIds: [{ } id, ..] } recipient]
            || await links.FindAsync(id, cancellation) is not { } link
        )
        {
            return null;
        }

        // What was fetched, revoked or ended since it was ordered is not reminded of.
        return Reminders.IsDue(link, time.GetUtcNow()) && seeds.TokenOf(link) is { } token
            ? Write(link, MailAddress.Parse(recipient.Address), token)
            : null;
    }

    private OwnMail Write(LinkRow link, MailAddress to, LinkToken token)
    {
        var isEnglish = link.Language == MailLanguage.En;
        var text = string.Format(
            CultureInfo.InvariantCulture,
            isEnglish ? English : Japanese,
            ShownText.OneLine(link.ShownSender, 100),
            ShownTime.Anywhere(link.ExpiresAt, link.Language),
            options.Value.UrlOf(token).AbsoluteUri,
            ShownText.OneLine(options.Value.CompanyName, 100)
        );
        return new OwnMail(
            to,
            link.Language,
            isEnglish ? "Files waiting for you" : "添付ファイルのお受け取りについて（再度のご案内）",
            text
        );
    }
}
