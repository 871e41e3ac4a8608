using System.Globalization;
using TlsOrLink.Domains;
using TlsOrLink.Messages;

namespace TlsOrLink.Links;

/// <summary>Text of a mail to a sender about one recipient's link; <c>{0}</c> is the recipient's address, <c>{1}</c> when the message was sent.</summary>
internal sealed record SenderText(string Subject, string Text);

/// <summary>A mail of ours to the sender of a message, about one of its recipients. It names no file and no subject.</summary>
internal abstract class SenderMail(MessageTable messages) : IOwnMailSource
{
    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <inheritdoc/>
    public async Task<OwnMail?> WriteAsync(OwnMailOrder order, CancellationToken cancellation)
    {
        var message = await messages.FindAsync(order.MessageId, cancellation);
        if (message is null || !MailAddress.TryParse(message.Sender, out var sender))
        {
            return null;
        }

        var rows = await messages.RecipientsAsync(order.MessageId, message.Attempt, order.N, 1, cancellation);
        return rows is [{ } recipient] ? Write(message, recipient, sender) : null;
    }

    /// <summary>The words in one language.</summary>
    protected abstract SenderText In(MailLanguage language);

    private OwnMail Write(MessageRow message, RecipientRow recipient, MailAddress sender)
    {
        var words = In(message.Language);
        var at = ShownTime.Of(message.CreatedAt, message.Language);
        return new OwnMail(
            sender,
            message.Language,
            string.Format(CultureInfo.InvariantCulture, words.Subject, recipient.Address, at),
            string.Format(CultureInfo.InvariantCulture, words.Text, recipient.Address, at)
        );
    }
}

/// <summary>Tells the sender that a recipient asks for the files again.</summary>
internal sealed class RenewalMail(MessageTable messages) : SenderMail(messages)
{
    /// <summary>Slug of the kind; durable.</summary>
    public const string Slug = "link-renewal";

    private static readonly SenderText Japanese = new(
        "再送のご依頼：{0}",
        """
        {0} より、{1} にお送りのメールの添付ファイルについて、再送の依頼がありました。

        ダウンロードリンクの受け取り期限が過ぎたか、受け取り回数の上限に達しています。
        必要な場合は、メールをもう一度お送りください。このメールによってリンクが延長されることはありません。
        """
    );

    private static readonly SenderText English = new(
        "New link asked for: {0}",
        """
        {0} asks for the attachments of your mail of {1} again.

        The download link has ended, or all its downloads are used. If you wish, send the mail again. Nothing was extended.
        """
    );

    /// <inheritdoc/>
    public override string Kind => Slug;

    /// <inheritdoc/>
    protected override SenderText In(MailLanguage language) => language == MailLanguage.En ? English : Japanese;
}
